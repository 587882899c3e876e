// The form that invites a user.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { RoleChoice } from './roles.tsx';
import { useInvite } from './settings-queries.ts';
import type { Role } from './settings-queries.ts';

interface InviteUserProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onInvited: (made: { readonly email: string; readonly link: string; readonly expiresAt: string }) => void;
}

export const InviteUser = (props: InviteUserProps) => (
  <Modal
    opened={props.opened}
    onClose={props.onClose}
    title="Invite a user"
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <InviteForm {...props} />
  </Modal>
);

function InviteForm({ onClose, onInvited }: InviteUserProps) {
  const invite = useInvite();
  const form = useForm({
    initialValues: { email: '', name: '', role: 'viewer' as Role },
    validate: { email: (email) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : 'Give the email to sign in with.') },
  });
  const submit = form.onSubmit(({ email, name, role }) =>
    invite.mutate(
      { email: email.trim(), role, ...(name.trim() !== '' && { name: name.trim() }) },
      {
        onSuccess: ({ user, link, expiresAt }) => {
          onClose();
          onInvited({ email: user.email, link, expiresAt });
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label="Email" type="email" data-autofocus autoComplete="off" {...form.getInputProps('email')} />
        <TextInput label="Name" description="May be left out." maxLength={200} {...form.getInputProps('name')} />
        <RoleChoice label="Role" value={form.values.role} onChange={(role) => form.setFieldValue('role', role)} />
        {invite.error && <ErrorNotice error={invite.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Make the invitation
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
