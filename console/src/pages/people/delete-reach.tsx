// What deleting or suppressing a person reaches, and what it does not: said before it is confirmed and after.
import { List, Text } from '@mantine/core';

export const DeleteReach = ({ suppress }: { readonly suppress: boolean }) => (
  <>
    <List size="sm" spacing={6}>
      <List.Item>
        <b>Workspace, now:</b> the profile, identifiers, attributes, devices, relationships and timeline are deleted.
        This cannot be undone.
      </List.Item>
      <List.Item>
        <b>Raw log and dead letters, at retention:</b> the calls as they came in stay until retention removes them. A
        dead letter can be discarded at its destination before that.
      </List.Item>
      <List.Item>
        <b>Destinations, not by this:</b> what they already have stays there. They get{' '}
        {suppress ? 'a User Suppressed' : 'a User Deleted'} event if the triggers of their actions match it.
      </List.Item>
      <List.Item>
        <b>Later calls:</b>{' '}
        {suppress
          ? 'the workspace ignores those that name an identifier of the person, until somebody unsuppresses them. Other destinations still get these calls unless the triggers of their actions say otherwise.'
          : 'any call with an identifier of the person, identify or track, creates the person again. Suppress them to prevent that.'}
      </List.Item>
    </List>
    <Text size="sm" mt="xs" c="dimmed">
      The {suppress ? 'suppression' : 'deletion'} itself is kept in the log as an event.
    </Text>
  </>
);
