// Something to know or to mend, in colours that can be read in light and dark.
import type { ReactNode } from 'react';
import { Alert } from '@mantine/core';
import type { Tone } from '../../components/status-badge.tsx';

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}

const colors = { good: 'teal', bad: 'red', warn: 'yellow', idle: 'gray' } as const;

export const Notice = ({ tone, title, children }: NoticeProps) => (
  <Alert
    color={colors[tone]}
    title={title}
    {...(tone === 'bad' && { role: 'alert' })}
    styles={{ title: { color: `var(--leat-${tone})` }, message: { color: 'var(--mantine-color-text)' } }}
  >
    {children}
  </Alert>
);
