// The person an event went to, by the best name there is today.
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { personName, useExactPerson } from '../people/people-api.ts';

export function PersonLink({ cioId }: { readonly cioId: string }) {
  const person = useExactPerson(cioId);
  if (person.data === null)
    return (
      <Text span size="sm">
        {cioId}, who is gone since
      </Text>
    );
  const now = person.data?.identifiers.cioId ?? cioId;
  return (
    <>
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/people/$id" params={{ id: now }} />}>
        {person.data ? personName(person.data) : cioId}
      </Anchor>
      {now === cioId ? ` (${cioId})` : ` (as ${cioId}, merged into ${now} since)`}
    </>
  );
}
