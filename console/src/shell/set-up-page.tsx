// The one-time link of a new installation: makes its owner, who is signed in and shown the guided path.
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ErrorNotice } from '../components/error-notice.tsx';
import { useSessionAnswer, useSessionChanges } from '../session.tsx';
import { FrontPage } from './front-page.tsx';

export function SetUpPage() {
  const { token } = useSearch({ strict: false }) as { readonly token?: string | number };
  const { data } = useSessionAnswer();
  const { setUp } = useSessionChanges();
  const navigate = useNavigate();
  const [form, setForm] = useState({ name: '', email: '', password: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change =
    (field: keyof typeof form) =>
    ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
      const { value } = currentTarget;
      setForm((before) => ({ ...before, [field]: value }));
    };

  const submit = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await setUp({ token: String(token), ...form });
      // The token is used up and has no place in the history.
      await navigate({ to: '/welcome', replace: true });
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };

  if (data && !data.setUpNeeded && !busy)
    return (
      <FrontPage title="This installation has an owner">
        <Text size="sm">The link has been used. </Text>
        <Anchor component={Link} to="/">
          {data.user ? 'Go to the overview' : 'Sign in'}
        </Anchor>
      </FrontPage>
    );
  return (
    <FrontPage title="Welcome to Leat" hint="Make the first account. It owns this installation and can invite others.">
      {token === undefined ? (
        <ErrorNotice error={new Error('The address lacks its token. Copy the whole link from the terminal.')} />
      ) : (
        <form
          onSubmit={(event: SyntheticEvent) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack>
            {error !== null && <ErrorNotice error={error} />}
            <TextInput
              label="Name"
              autoComplete="name"
              required
              autoFocus
              value={form.name}
              onChange={change('name')}
            />
            <TextInput
              label="Email"
              type="email"
              autoComplete="username"
              required
              value={form.email}
              onChange={change('email')}
            />
            <PasswordInput
              label="Password"
              description="At least 12 characters."
              autoComplete="new-password"
              required
              minLength={12}
              value={form.password}
              onChange={change('password')}
              visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
            />
            <Button type="submit" loading={busy}>
              Create owner
            </Button>
          </Stack>
        </form>
      )}
    </FrontPage>
  );
}
