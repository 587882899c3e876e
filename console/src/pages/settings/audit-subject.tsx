// What an audit entry is about, by its name, as a way to it while it is there.
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Names } from '../events/names.ts';
import type { AuditEntry } from './settings-queries.ts';

interface AuditSubjectProps {
  readonly entry: AuditEntry;
  readonly names: Names;
}

export function AuditSubject({ entry, names }: AuditSubjectProps) {
  const { subject, subjectName } = entry;
  const to = pageOf(entry, names);
  const name = subjectName ?? (subject === 'owner' ? 'The installation' : subject);
  return to === null ? (
    <Text size="sm" title={subject} style={{ overflowWrap: 'break-word' }}>
      {name}
    </Text>
  ) : (
    <Anchor component={Link} to={to} size="sm" title={subject}>
      {name}
    </Anchor>
  );
}

/** Null for what has no page, or is gone. */
function pageOf({ action, subject }: AuditEntry, { sources, destinations }: Names): string | null {
  const isIn = (list: Names['sources']): boolean => list.some(({ id }) => id === subject);
  if (isIn(sources)) return `/sources/${subject}`;
  if (isIn(destinations)) return `/destinations/${subject}`;
  if (action.startsWith('person.')) return `/people/${encodeURIComponent(subject)}`;
  if (action === 'object-type.name') return `/objects/${encodeURIComponent(subject)}`;
  return null;
}
