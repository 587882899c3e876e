// The three roles in words, and the choice between them.
import { Radio, Stack } from '@mantine/core';
import type { Role } from './settings-queries.ts';

export const roleMeaning: Readonly<Record<Role, string>> = {
  viewer: 'Looks at everything but secrets, tokens and the audit log; changes nothing.',
  editor: 'Changes sources, destinations and people, sees secret keys and the audit log.',
  owner: 'Does everything, and manages users and API tokens.',
};
export const roles = ['viewer', 'editor', 'owner'] as const satisfies readonly Role[];
export const toRole = (text: string): Role => roles.find((role) => role === text) ?? 'viewer';

interface RoleChoiceProps {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

export const RoleChoice = ({ label, value, onChange }: RoleChoiceProps) => (
  <Radio.Group label={label} value={value} onChange={(chosen) => onChange(toRole(chosen))}>
    <Stack gap="xs" mt="xs">
      {roles.map((role) => (
        <Radio key={role} value={role} label={capital(role)} description={roleMeaning[role]} />
      ))}
    </Stack>
  </Radio.Group>
);

export const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
