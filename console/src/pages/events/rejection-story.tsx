// A call that was not taken: why, which field, and the call itself.
import { Alert, Stack, Text } from '@mantine/core';
import { CodeBlock } from '../../components/code-block.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { answeredInWords } from '../sources/answered-in-words.ts';
import type { Rejection } from './explanation.ts';

export const RejectionStory = ({ rejection }: { readonly rejection: Rejection }) => (
  <Alert color="red" title="This call was not taken">
    <Stack gap="sm">
      <Text size="sm">
        {rejection.message}
        {rejection.field !== null && ` The field is ${rejection.field}.`}
      </Text>
      <Text size="sm">
        It came <TimeAgo at={rejection.at} /> to {rejection.route} from {rejection.client || 'an unnamed client'}, and
        was {answeredInWords(rejection)}.
      </Text>
      <CodeBlock code={rejection.sample} label="Start of the call" />
    </Stack>
  </Alert>
);
