// The signed-in user's own: password and sessions. Owners see everybody's sessions here.
import { Button, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { useSession } from '../../session.tsx';
import { OpenSessions } from './open-sessions.tsx';
import { capital, roleMeaning } from './roles.tsx';
import { useChangePassword } from './settings-queries.ts';

export default function AccountPage() {
  const { user } = useSession();
  return (
    <Page title="My account" description={`${user.email}. ${capital(user.role)}: ${lower(roleMeaning[user.role])}`}>
      <Stack gap="lg">
        <OpenSessions />
        <ChangePassword />
      </Stack>
    </Page>
  );
}

const lower = (sentence: string): string => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);

function ChangePassword() {
  const { email } = useSession().user;
  const change = useChangePassword();
  const form = useForm({
    initialValues: { current: '', password: '', again: '' },
    validate: {
      current: (current) => (current === '' ? 'Give the password that you use now.' : null),
      password: (password) =>
        password.length < 10 ? `It has ${password.length} characters; it needs 10. A few words in a row do.` : null,
      again: (again, { password }) => (again === password ? null : 'The two are not the same.'),
    },
  });
  const submit = form.onSubmit(({ current, password }) =>
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          form.reset();
          notifications.show({ message: 'Password changed. All your other sessions have ended.', color: 'teal' });
        },
      },
    ),
  );
  return (
    <Paper withBorder p="md" component="section" aria-label="Change password" maw={480}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Title order={2} size="h4">
            Change password
          </Title>
          {/* Password managers look for the account's name beside its password. */}
          <input type="email" value={email} autoComplete="username" readOnly hidden />
          <PasswordInput label="Current password" autoComplete="current-password" {...form.getInputProps('current')} />
          <PasswordInput
            label="New password"
            description="At least 10 characters."
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <PasswordInput label="New password again" autoComplete="new-password" {...form.getInputProps('again')} />
          <Text size="xs" c="dimmed">
            All your other sessions end.
          </Text>
          {change.error && <ErrorNotice error={change.error} />}
          <Group>
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
