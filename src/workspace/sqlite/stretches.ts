// Stretches: the parts of the log by which the entries of timelines are kept together.
//
// The shortest are epochs of 65,536 offsets. 32 neighbours of one length make the next longer one, up to 2^36 offsets; such
// lengths divide a partition, so no stretch reaches into two. A stretch is one number: its place among those of its
// length, and its level in the lowest three bits.
import { positionOf } from '../log-position.ts';

/** What of a position number lies above these bits is its epoch: 65,536 offsets of 32 numbers each. */
export const epochBits = 21;
const levelBits = 3;
/** So many stretches make one of the next level: 50,000,000 events are 23 long stretches and at most 32 epochs. */
const stretchesInOne = 32;
/** Stretches of this level are not put together any more. */
export const topLevel = 4;

/** A stretch taken apart. */
export interface Stretch {
  readonly level: number;
  /** Its first epoch, and the one after its last. */
  readonly from: number;
  readonly to: number;
}

/** As SQL: the stretch that is this epoch alone. */
export const stretchOfEpoch = (epoch: string): string => `(${epoch} << ${levelBits})`;

/** As SQL: the level of a stretch. */
export const levelOf = (stretch: string): string => `(${stretch} & ${2 ** levelBits - 1})`;

/** The shortest stretch that holds a position number. */
export const stretchOf = (number: number): number => epochOf(number) * 2 ** levelBits;

export const epochOf = (number: number): number => Math.floor(number / 2 ** epochBits);

export function parseStretch(stretch: number): Stretch {
  const level = stretch % 2 ** levelBits;
  const epochs = stretchesInOne ** level;
  const from = Math.floor(stretch / 2 ** levelBits) * epochs;
  return { level, from, to: from + epochs };
}

/** The stretch of the next level that a stretch is a part of. */
export function longer(stretch: number): number {
  const { level } = parseStretch(stretch);
  const place = Math.floor(stretch / 2 ** levelBits);
  return Math.floor(place / stretchesInOne) * 2 ** levelBits + level + 1;
}

export const partitionOfEpoch = (epoch: number): number => positionOf(epoch * 2 ** epochBits).partition;

/** The first offset of an epoch in its partition. */
export const offsetOfEpoch = (epoch: number): number => positionOf(epoch * 2 ** epochBits).offset;
