// What deleting or suppressing a person reaches, and what it does not: said before it is confirmed and after.
import { List, Text } from '@mantine/core';

export const DeleteReach = ({ suppress }: { readonly suppress: boolean }) => (
  <>
    <List size="sm" spacing={6}>
      <List.Item>
        <b>Workspace, now:</b> the profile, identifiers, attributes, devices, relationships and timeline.
      </List.Item>
      <List.Item>
        <b>Raw log and dead letters, at retention:</b> the calls as they came in stay until retention removes them. A
        dead letter can be discarded at its destination before that.
      </List.Item>
      <List.Item>
        <b>Destinations, not by this:</b> what they already have stays there. The event goes on to those whose actions
        ask for it.
      </List.Item>
      <List.Item>
        <b>Later calls:</b>{' '}
        {suppress
          ? 'ignored for every identifier of the person until somebody unsuppresses them.'
          : 'a later identify call can create the person again; suppress them to prevent that.'}
      </List.Item>
    </List>
    <Text size="sm" mt="xs" c="dimmed">
      It is appended to the log as an event, so a rebuild comes to the same result.
    </Text>
  </>
);
