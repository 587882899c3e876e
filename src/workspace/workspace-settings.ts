// What an operator may set about the workspace, with the documented figures as defaults (Pipelines API facts, 3.2 and 13).
// A rebuild gives the same state only under the same settings.

interface WorkspaceLimits {
  /** Bytes of an id. @default 150 */
  readonly personIdBytes: number;
  /** Bytes of an anonymous id, an object id, an object type id or a transition id; documented nowhere, ours. @default 512 */
  readonly otherIdBytes: number;
  /** Bytes of a device token; web push endpoints are long. Ours. @default 4096 */
  readonly deviceTokenBytes: number;
  /** Bytes of a track call's event name; pages are named by their URL and are not held to it. @default 100 */
  readonly eventNameBytes: number;
  /** Bytes of an event's properties as JSON. @default 100_000 */
  readonly eventDataBytes: number;
  /** @default 150 */
  readonly attributeNameBytes: number;
  /** Bytes of one value; of anything but a string, of its JSON. Reserved objects are exempt. @default 1000 */
  readonly attributeValueBytes: number;
  /** Attributes of one person, object, device or relationship. @default 300 */
  readonly attributes: number;
  /** Bytes of all names and values of one person, object, device or relationship. @default 102_400 */
  readonly attributesBytes: number;
}

export interface WorkspaceSettings {
  /** Whether phone numbers (E.164) identify people. @default false */
  readonly phoneIdentifier: boolean;
  /** Whether a person addressed by id may get another email address; otherwise only one addressed by `cio_…`. @default true */
  readonly emailChangeById: boolean;
  readonly limits: WorkspaceLimits;
}

export const defaultWorkspaceSettings: WorkspaceSettings = {
  phoneIdentifier: false,
  emailChangeById: true,
  limits: {
    personIdBytes: 150,
    otherIdBytes: 512,
    deviceTokenBytes: 4096,
    eventNameBytes: 100,
    eventDataBytes: 100_000,
    attributeNameBytes: 150,
    attributeValueBytes: 1000,
    attributes: 300,
    attributesBytes: 102_400,
  },
};

const dayMs = 24 * 60 * 60 * 1000;

/** How long unjoined anonymous activity, tombstones and seen transitions are kept, and how far back a join or merge reaches. */
export const keepMs = 30 * dayMs;

/** Days since 1970 of a time, for things that are noted once a day. */
export const dayOf = (ms: number): number => Math.floor(ms / dayMs);

/** The first day on which an anonymous id that has not joined must have been seen to be kept at a log time. */
export const keptSinceDay = (log: number): number => dayOf(log - keepMs) - 1;
