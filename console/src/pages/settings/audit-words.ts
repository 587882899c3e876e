// Audit entries in words. Pure.

const known: Readonly<Record<string, string>> = {
  'source.create': 'Source added',
  'source.update': 'Source changed',
  'source.delete': 'Source deleted',
  'key.add': 'Key added',
  'key.revoke': 'Key revoked',
  'key.reveal': 'Secret key shown',
  'destination.create': 'Destination added',
  'destination.update': 'Destination changed',
  'destination.actions': 'Actions changed',
  'destination.delete': 'Destination deleted',
  'destination.skip-backlog': 'Backlog skipped',
  'destination.test-event': 'Test event sent',
  'dead-letters.edit': 'Dead letter edited',
  'dead-letters.retry': 'Dead letters sent again',
  'dead-letters.discard': 'Dead letters discarded',
  'replay.start': 'Replay started',
  'replay.pause': 'Replay paused',
  'replay.resume': 'Replay resumed',
  'replay.cancel': 'Replay cancelled',
  'person.update': 'Person changed',
  'person.suppressed': 'Person suppressed',
  'person.unsuppressed': 'Person unsuppressed',
  'person.deleted': 'Person deleted',
  'object-type.name': 'Object type named',
  'token.create': 'Token made',
  'token.delete': 'Token deleted',
  'user.create': 'User invited',
  'user.update': 'User changed',
  'user.delete': 'User removed',
  'user.password': 'Password changed',
  'user.link': 'Link for a user made',
  'user.accept': 'Link accepted',
  'owner.link': 'Link for an owner made',
  'owner.set-up': 'Owner set up',
  'session.start': 'Signed in',
  'session.end': 'Session ended',
  'session.end-others': 'Other sessions ended',
};

/** "Source added"; of an action that is not known here, "Source: merge". */
export function actionWords(action: string): string {
  const [kind = '', ...rest] = action.split('.');
  return known[action] ?? `${kindWords(kind)}${rest.length > 0 ? `: ${rest.join(' ').replaceAll('-', ' ')}` : ''}`;
}

/** The kind of an action, what stands before the dot: "Dead letters". */
const kindWords = (kind: string): string => kind.slice(0, 1).toUpperCase() + kind.slice(1).replaceAll('-', ' ');

/** Actions as the options of a select: each kind as a whole, then one by one. */
export function actionOptions(actions: readonly string[]) {
  return [...Map.groupBy(actions, (action) => action.split('.')[0] ?? action)].map(([kind, ofKind]) => ({
    group: kindWords(kind),
    items: [
      ...(ofKind.length > 1 ? [{ value: kind, label: `${kindWords(kind)}: everything` }] : []),
      ...ofKind.map((action) => ({ value: action, label: actionWords(action) })),
    ],
  }));
}

/** Ids that lead nowhere: what they stand for is said by other fields, or is gone. */
const leftOut = new Set(['sessionId', 'keyId', 'run', 'version']);
const labels: Readonly<Record<string, string>> = {
  sourceIds: 'sources',
  startFrom: 'begins with',
  createdAt: 'made',
  messageId: 'event',
};
const longest = 160;

/** The detail as lines of `name: value`, a change as `name: old → new`; `nameOf` tells the names of sources by id. */
export function detailLines(detail: unknown, nameOf: (id: string) => string): readonly string[] {
  if (detail === null || detail === undefined) return [];
  if (typeof detail !== 'object') return [shown(detail)];
  return Object.entries(detail)
    .filter(([name]) => !leftOut.has(name))
    .map(([name, value]) => `${labels[name] ?? name}: ${change(name === 'sourceIds' ? sources : shown, value)}`);

  function sources(value: unknown): string {
    return Array.isArray(value) ? value.map((id) => nameOf(String(id))).join(', ') || 'none' : 'all';
  }
}

function change(show: (value: unknown) => string, value: unknown): string {
  if (typeof value !== 'object' || value === null || !('from' in value && 'to' in value)) return show(value);
  return `${show(value.from)} → ${show(value.to)}`;
}

function shown(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'))
    return cut(value.join(', ') || 'none');
  return cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
