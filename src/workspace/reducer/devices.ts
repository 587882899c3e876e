// Devices: a token belongs to one person at a time, and moves to whoever registered it last by event time.
import type { DeleteDevice, UpsertDevice } from '../commands.ts';
import { longerThan } from '../identifiers.ts';
import type { DeviceRow } from '../workspace-rows.ts';
import { applyAttribute } from './apply-attributes.ts';
import { Attributes } from './attributes.ts';
import { subjectFor } from './activities.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';
import { checkRef, resolveIdentifier, resolveNumber, resolvePerson, suppressed } from './resolve.ts';

export function upsertDevice(context: EventContext, command: UpsertDevice): CommandOutcome {
  const limit = context.settings.limits.deviceTokenBytes;
  if (longerThan(command.token, limit)) {
    context.note(`device token over ${limit} bytes`);
    return 'too_long';
  }
  const person = ownerFor(context, command);
  if (typeof person === 'string') return person;
  const at = context.effectiveAt(command.at);
  const before = ownedDevice(context, command.token);
  const moves = before !== null && before.owner !== person;
  if (moves && at < before.row.ownedAt) {
    context.note(`device ${command.token}: registered later by another person`);
    return 'delivered';
  }
  // What another person's app said of the device does not come along.
  const kept = moves ? null : before?.row;
  const attributes = kept?.attributes.copy() ?? Attributes.empty();
  attributes.expire(context.log);
  for (const name of Object.keys(command.attributes)) {
    const given = command.attributes[name];
    if (given !== undefined)
      applyAttribute(context, attributes, name, given, { label: 'device attribute', at, floorAt: null });
  }
  const latest = kept === null || kept === undefined || command.lastUsedAt >= kept.lastUsedAt;
  const row: DeviceRow = {
    token: command.token,
    person,
    ownedAt: Math.max(kept?.ownedAt ?? at, at),
    platform: (latest ? command.platform : null) ?? kept?.platform ?? command.platform,
    appIdentifier: (latest ? command.appIdentifier : null) ?? kept?.appIdentifier ?? command.appIdentifier,
    lastUsedAt: latest ? command.lastUsedAt : kept.lastUsedAt,
    attributes,
  };
  context.set.devices.put(command.token, row);
  context.changed(moves ? `device ${command.token} (was another person's)` : `device ${command.token}`);
  return 'delivered';
}

/** The device's person; an anonymous id counts when it belongs to somebody, since only people have devices. */
function ownerFor(context: EventContext, command: UpsertDevice): number | CommandOutcome {
  if (command.person) return subjectFor(context, command);
  const found = command.anonymousId === null ? null : resolveIdentifier(context, 'anonymous_id', command.anonymousId);
  if (found?.kind === 'person') {
    context.person = found.number;
    return found.number;
  }
  context.note(
    found?.kind === 'suppressed' ? 'the anonymous id is suppressed' : 'only people have devices, and this is nobody',
  );
  return found?.kind === 'suppressed' ? 'suppressed' : 'filtered';
}

/** The device with whom it belongs to now; null when there is none or its person is gone. */
function ownedDevice(context: EventContext, token: string): { readonly row: DeviceRow; readonly owner: number } | null {
  const row = context.set.devices.get(token);
  const owner = row && resolveNumber(context, row.person);
  return row && owner?.kind === 'person' ? { row, owner: owner.number } : null;
}

export function deleteDevice(context: EventContext, command: DeleteDevice): CommandOutcome {
  const person = existingOwner(context, command);
  if (typeof person === 'string') return person;
  const device = ownedDevice(context, command.token);
  if (device === null || device.owner !== person) {
    context.note(device === null ? 'there is no such device' : `device ${command.token} belongs to another person`);
    return 'delivered';
  }
  context.set.devices.put(command.token, null);
  context.changed(`device ${command.token} deleted`);
  return 'delivered';
}

/** Who is said to own the device; nobody is made for it. */
function existingOwner(context: EventContext, command: DeleteDevice): number | null | CommandOutcome {
  const { person, anonymousId } = command;
  const unfit = person && checkRef(context, person);
  if (unfit) return unfit;
  const found = person
    ? resolvePerson(context, person)
    : anonymousId === null
      ? null
      : resolveIdentifier(context, 'anonymous_id', anonymousId);
  if (found?.kind === 'suppressed') return person ? suppressed(context, person) : 'suppressed';
  if (found?.kind !== 'person') return null;
  context.person = found.number;
  return found.number;
}
