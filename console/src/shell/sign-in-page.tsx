// Email and password; the page that was asked for follows by itself.
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { ErrorNotice } from '../components/error-notice.tsx';
import { useSessionChanges } from '../session.tsx';
import { FrontPage } from './front-page.tsx';

export function SignInPage() {
  const { signIn } = useSessionChanges();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await signIn(email, password);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };

  return (
    <FrontPage title="Sign in" hint="No account? An owner can invite you under Settings, Users.">
      <form
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          {error !== null && <ErrorNotice error={error} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          />
          <Button type="submit" loading={busy}>
            Sign in
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
