// An address that is no page.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { FrontPage } from './front-page.tsx';

export const NotFoundPage = () => (
  <FrontPage title="There is no page here" hint="The address may be mistyped, or what it named may have been removed.">
    <Anchor component={Link} to="/">
      Go to the overview
    </Anchor>
  </FrontPage>
);
