// Draws calls of every kind, so that a load exercises all that the workspace can do: joins, merges, deletes, suppression.
import type { SeededRandom } from './seeded-random.ts';

export interface DrawnCall {
  readonly type: 'identify' | 'track' | 'page' | 'group' | 'alias';
  /** A plain track of the person; whoever sends it adds the event name and the properties. */
  readonly counted: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A call about `person`; 70 of 100 are counted tracks. Deletes and suppressions hit bystanders only. */
export function drawCall(person: string, random: SeededRandom): DrawnCall {
  const dice = random.integer(100);
  if (dice < 70) return { type: 'track', counted: true, fields: { userId: person } };
  if (dice < 85) return identify(person, random);
  if (dice < 90) return group(person, random);
  if (dice < 93)
    return { type: 'page', counted: false, fields: { anonymousId: anonymous(person, random), name: 'Seen' } };
  if (dice < 95) {
    const previousId = `${person}-former${random.integer(5)}`;
    return { type: 'alias', counted: false, fields: { userId: person, previousId } };
  }
  return semantic(person, random);
}

const anonymous = (person: string, random: SeededRandom): string => `${person}-anonymous${random.integer(3)}`;
const account = (random: SeededRandom): string => `account-${random.integer(20)}`;

function identify(person: string, random: SeededRandom): DrawnCall {
  const traits = { [`trait${random.integer(8)}`]: random.integer(1000), email: `${person}@example.com` };
  const joined = random.integer(2) === 0 ? { anonymousId: anonymous(person, random) } : {};
  return { type: 'identify', counted: false, fields: { userId: person, ...joined, traits } };
}

function group(person: string, random: SeededRandom): DrawnCall {
  const relationshipAttributes = { role: random.pick(['owner', 'guest']) };
  const traits = { name: `Account ${random.integer(10)}`, relationshipAttributes };
  return { type: 'group', counted: false, fields: { userId: person, groupId: account(random), traits } };
}

function semantic(person: string, random: SeededRandom): DrawnCall {
  const bystander = `${person}-bystander${random.integer(3)}`;
  const track = (event: string, fields: object): DrawnCall => ({
    type: 'track',
    counted: false,
    fields: { event, ...fields },
  });
  const objectId = account(random);
  return random.pick([
    { type: 'identify', counted: false, fields: { userId: bystander, traits: { plan: random.pick(['free', 'pro']) } } },
    track('User Deleted', { userId: bystander }),
    track('User Suppressed', { userId: bystander }),
    track('User Unsuppressed', { userId: bystander }),
    track('Device Created or Updated', { userId: person, context: { device: { token: `${person}-d`, type: 'ios' } } }),
    track('Relationship Deleted', { userId: person, properties: { objectId } }),
    track('Object Deleted', { anonymousId: 'nobody', properties: { objectId } }),
  ]);
}
