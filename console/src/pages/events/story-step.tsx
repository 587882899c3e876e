// One chapter of an event's story: a heading, a verdict, and what there is to say.
import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Tone } from '../../components/status-badge.tsx';
import classes from './story-step.module.css';

export interface StepVerdict {
  readonly tone: Tone;
  readonly label: string;
}

interface StoryStepProps {
  readonly title: ReactNode;
  readonly verdict: StepVerdict;
  readonly sentence?: ReactNode;
  readonly children?: ReactNode;
}

export const StoryStep = ({ title, verdict, sentence, children }: StoryStepProps) => (
  <li className={classes['step']} data-tone={verdict.tone}>
    <Stack gap="xs">
      <Group gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        <StatusBadge tone={verdict.tone}>{verdict.label}</StatusBadge>
      </Group>
      {sentence !== undefined && <Text size="sm">{sentence}</Text>}
      {children}
    </Stack>
  </li>
);

/** What would come out differently today, and what else a reader should know of the recomputation. */
export const Remarks = ({ remarks }: { readonly remarks: readonly string[] }) =>
  remarks.length === 0 ? null : (
    <ul className={classes['remarks']}>
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  );
