// A page that could not be shown, most often because a newer console was built while this one was open.
import { Stack } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorNotice } from '../components/error-notice.tsx';

export const PageFault = ({ error }: ErrorComponentProps) => (
  <Stack>
    <ErrorNotice error={error} onRetry={() => location.reload()} />
  </Stack>
);
