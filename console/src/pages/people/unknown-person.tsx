// An identifier that leads to no person: perhaps an anonymous visitor, whose activity is shown, perhaps somebody gone.
import { Alert, Anchor, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PersonTimeline } from './person-timeline.tsx';

export const UnknownPerson = ({ identifier }: { readonly identifier: string }) => (
  <Stack gap="lg">
    <Alert color="gray" title="Nobody has this identifier">
      Ids are case-sensitive. They may have been deleted or{' '}
      <Anchor inherit renderRoot={(props) => <Link {...props} to="/people" search={{ show: 'suppressed' }} />}>
        suppressed
      </Anchor>
      , or be an anonymous visitor who has not been identified yet.
    </Alert>
    <section>
      <Title order={2} size="h4" mb="xs">
        Activity under this anonymous id
      </Title>
      <PersonTimeline cioId={identifier} userId={null} />
    </section>
  </Stack>
);
