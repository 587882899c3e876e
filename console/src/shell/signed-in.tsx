// What stands before every page: the session. Users see the page in its frame, everybody else the way in.
import { Outlet } from '@tanstack/react-router';
import { Container } from '@mantine/core';
import { QueryView } from '../components/query-view.tsx';
import { SessionProvider, useSessionAnswer } from '../session.tsx';
import { ConsoleShell } from './console-shell.tsx';
import { SetUpNeeded } from './set-up-needed.tsx';
import { SignInPage } from './sign-in-page.tsx';

export function SignedIn() {
  const session = useSessionAnswer();
  const { data } = session;
  if (!data)
    return (
      <Container size="xs" py="xl">
        <QueryView query={session}>{() => null}</QueryView>
      </Container>
    );
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
