// An address that is no page.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../components/page.tsx';

export const NotFoundPage = () => (
  <Page
    title="There is no page here"
    description="The address may be mistyped, or what it named may have been removed."
  >
    <Anchor component={Link} to="/">
      Go to the overview
    </Anchor>
  </Page>
);
