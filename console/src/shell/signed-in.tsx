// What stands before every page: the session. Users see the page in its frame, everybody else the way in.
import { Outlet } from '@tanstack/react-router';
import { Container } from '@mantine/core';
import { ErrorNotice } from '../components/error-notice.tsx';
import { SessionProvider, useSessionAnswer } from '../session.tsx';
import { ConsoleShell } from './console-shell.tsx';
import { SetUpNeeded } from './set-up-needed.tsx';
import { SignInPage } from './sign-in-page.tsx';

export function SignedIn() {
  const { data, error, refetch } = useSessionAnswer();
  if (!data)
    return error ? (
      <Container size="xs" py="xl">
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </Container>
    ) : null;
  if (data.setUpNeeded) return <SetUpNeeded />;
  if (!data.user) return <SignInPage />;
  return (
    <SessionProvider user={data.user}>
      <ConsoleShell>
        <Outlet />
      </ConsoleShell>
    </SessionProvider>
  );
}
