// Shown on an installation without an owner: where its one-time link is found.
import { Code, Text } from '@mantine/core';
import { FrontPage } from './front-page.tsx';

export const SetUpNeeded = () => (
  <FrontPage title="This installation has no owner yet">
    <Text size="sm">
      The terminal in which Leat was started shows a link that begins with{' '}
      <Code>{location.origin}/first-run?token=</Code>. Open it to become the owner.
    </Text>
    <Text size="sm" c="dimmed">
      The link is gone? Start Leat again: it prints a new one until there is an owner.
    </Text>
  </FrontPage>
);
