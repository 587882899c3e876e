// Numbers made from a place in the log: people, anonymous streams and timeline entries are named by them.
//
// A number is partition · 2^45 + offset · 32 + ordinal, so it fits a double: 256 partitions, 10^12 offsets, and 31 things
// that one event brings into being (ordinals begin at 1, so no number is 0). Nothing but the log decides it, so a
// rebuild gives everybody the same `cio_` id again.
import { FaultError } from '../errors/errors.ts';

const perOffset = 32;
const perPartition = 2 ** 45;

export const maxPartitions = 256;
/** Most numbers that one event can take. */
export const maxOrdinal = perOffset - 1;

/** @throws FaultError `internal` when the log is larger than numbers reach. */
export function positionNumber(partition: number, offset: number, ordinal: number): number {
  const inPartition = offset * perOffset + ordinal;
  if (partition >= maxPartitions || inPartition >= perPartition)
    throw new FaultError('internal', `Partition ${partition}, offset ${offset} is past what the workspace can number.`);
  return partition * perPartition + inPartition;
}

export function positionOf(number: number): { readonly partition: number; readonly offset: number } {
  const partition = Math.floor(number / perPartition);
  return { partition, offset: Math.floor((number - partition * perPartition) / perOffset) };
}

/** What all numbers of a partition are below, and those of the next are not. */
export const pastPartition = (partition: number): number => (partition + 1) * perPartition;

const cioPrefix = 'cio_';

/** The public form of a person's number, such as `cio_00000020`. */
export const cioId = (person: number): string => cioPrefix + person.toString(16).padStart(8, '0');

/** Whether an identifier claims to be a `cio_` id. */
export const isCioId = (text: string): boolean => text.startsWith(cioPrefix);

/** The number behind a `cio_` id; null when it cannot be one of ours. */
export function parseCioId(text: string): number | null {
  const number = Number.parseInt(text.slice(cioPrefix.length), 16);
  return Number.isSafeInteger(number) && number > 0 && cioId(number) === text ? number : null;
}
