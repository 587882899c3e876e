// The type of a call as a small badge, each type with its colour everywhere.
import { Badge } from '@mantine/core';

export const callTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;

const colors: Readonly<Record<string, string>> = {
  identify: 'violet',
  track: 'blue',
  page: 'teal',
  screen: 'cyan',
  group: 'orange',
  alias: 'grape',
};

export const CallType = ({ type }: { readonly type: string }) => (
  <Badge variant="light" size="sm" radius="sm" tt="none" color={colors[type] ?? 'gray'}>
    {type}
  </Badge>
);
