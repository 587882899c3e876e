// How something is doing, in a word; the colour only repeats what the word says.
import type { ReactNode } from 'react';
import { Badge } from '@mantine/core';

export type Tone = 'good' | 'bad' | 'warn' | 'idle';

const colors: Readonly<Record<Tone, string>> = { good: 'teal', bad: 'red', warn: 'yellow', idle: 'gray' };

export interface StatusBadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
}

export const StatusBadge = ({ tone, children }: StatusBadgeProps) => (
  <Badge
    variant="light"
    color={colors[tone]}
    tt="none"
    fw={600}
    c={`var(--leat-${tone})`}
    style={{ flexShrink: 0, minWidth: 'max-content' }}
  >
    {children}
  </Badge>
);
