// Who the holder of a one-time link is, and the password they choose.
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { ErrorNotice } from '../components/error-notice.tsx';
import { useSessionChanges } from '../session.tsx';
import type { LinkPurpose } from './set-up-page.tsx';

export interface SetUpFormProps {
  readonly token: string;
  readonly link: LinkPurpose;
  readonly onDone: () => void;
}

export function SetUpForm({ token, link, onDone }: SetUpFormProps) {
  const { setUp } = useSessionChanges();
  const save = useMutation({ mutationFn: setUp, onSuccess: onDone, gcTime: 0 });
  const form = useForm({ initialValues: { name: link.name ?? '', email: link.email ?? '', password: '' } });
  const submit = form.onSubmit(({ name, email, password }) =>
    save.mutate({
      token,
      password,
      ...(link.email === null && { email }),
      ...(link.purpose !== 'password' && { name }),
    }),
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        {save.error && <ErrorNotice error={save.error} />}
        {link.purpose !== 'password' && (
          <TextInput
            label="Name"
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={200}
            {...form.getInputProps('name')}
          />
        )}
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={link.email !== null}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          {...form.getInputProps('password')}
        />
        {link.purpose === 'owner' && (
          <Text size="xs" c="dimmed">
            It is kept on this server only, as a salted hash.
          </Text>
        )}
        <Button type="submit" loading={save.isPending}>
          {link.purpose === 'owner' ? 'Create owner' : 'Save and sign in'}
        </Button>
      </Stack>
    </form>
  );
}
