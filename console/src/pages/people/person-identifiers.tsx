// Every identifier that leads to a person: their own, anonymous ones that joined, and those of people merged in.
import { Code, CopyButton, Group, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Person } from './people-api.ts';

type Identifiers = Person['identifiers'];

/** Shown of a long list before it is unfolded. */
const shownAtFirst = 5;

export function PersonIdentifiers({ identifiers }: { readonly identifiers: Identifiers }) {
  const own = [
    ['Id', identifiers.id],
    ['Email', identifiers.email],
    ['Phone', identifiers.phone],
    ['Leat id', identifiers.cioId],
  ] as const;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
        {own.map(([label, value]) => (
          <Field key={label} label={label}>
            {value === null ? (
              <Text size="sm" c="dimmed">
                none
              </Text>
            ) : (
              <Identifier value={value} />
            )}
          </Field>
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Many
          label="Anonymous ids that joined"
          values={identifiers.anonymousIds}
          none="No anonymous activity joined."
        />
        <Many
          label="Merged: former identifiers that still lead here"
          values={identifiers.previousIds}
          none="Nobody was merged into this person."
        />
      </SimpleGrid>
    </Stack>
  );
}

const Field = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <Stack gap={4} miw={0}>
    <Text size="xs" c="dimmed" fw={500}>
      {label}
    </Text>
    {children}
  </Stack>
);

const Identifier = ({ value }: { readonly value: string }) => (
  <CopyButton value={value}>
    {({ copied, copy }) => (
      <UnstyledButton onClick={copy} aria-label={`Copy ${value}`} title="Copy" maw="100%" w="fit-content">
        <Code style={{ wordBreak: 'break-all' }}>{copied ? 'Copied' : value}</Code>
      </UnstyledButton>
    )}
  </CopyButton>
);

interface ManyProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly none: string;
}

function Many({ label, values, none }: ManyProps) {
  const [unfolded, setUnfolded] = useState(false);
  const shown = unfolded ? values : values.slice(0, shownAtFirst);
  const hidden = values.length - shown.length;
  return (
    <Field label={label}>
      {values.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <Group gap={6}>
          {shown.map((value) => (
            <Identifier key={value} value={value} />
          ))}
          {hidden > 0 && (
            <UnstyledButton onClick={() => setUnfolded(true)}>
              <Text size="sm" td="underline">
                and {hidden.toLocaleString()} more
              </Text>
            </UnstyledButton>
          )}
        </Group>
      )}
    </Field>
  );
}
