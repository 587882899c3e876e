// Every kind of destination there is: the native ones, and those of the optional pack when it is installed.
import path from 'node:path';
import { openSegmentPack } from '../../connectors/segment/load-segment-pack.ts';
import { withKinds } from '../destinations/registry.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';

const packFolder = path.resolve(import.meta.dirname, '../../connectors/segment');

export interface DestinationKinds {
  readonly registry: DestinationRegistry;
  /** Ends the threads that the pack has started for its kinds. */
  close(): Promise<void>;
}

/** @throws FaultError when another version of the pack is installed than this Leat is made for. */
export async function openDestinationKinds(dataFolder: string): Promise<DestinationKinds> {
  const pack = await openSegmentPack(packFolder, dataFolder);
  return { registry: withKinds(pack.kinds, dataFolder), close: () => pack.close() };
}
