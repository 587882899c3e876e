// The door to the pack: its destinations as kinds for the registry, when the package is installed.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DestinationKind } from '../../src/destinations/destination.ts';
import { FaultError } from '../../src/errors/errors.ts';
import type { Catalogue } from './catalogue.ts';
import { toDestinationKind } from './pack-kind.ts';
import { PackThread } from './pack-thread.ts';
import { RenewedTokens } from './renewed-tokens.ts';

export interface SegmentPack {
  readonly kinds: readonly DestinationKind[];
  /** Ends the threads of the pack. Without it they end with the process, or when they had nothing to do for a while. */
  close(): Promise<void>;
}

const installedManifest = (folder: string): string =>
  path.join(folder, 'node_modules', '@segment', 'action-destinations', 'package.json');

/** Whether the package is installed in `folder` (connectors/segment). */
export const isSegmentPackInstalled = (folder: string): boolean => existsSync(installedManifest(folder));

/**
 * The pack's kinds of destination; none when it is not installed. Renewed OAuth tokens are kept in `dataFolder`. Throws
 * FaultError when another version is installed.
 */
export async function openSegmentPack(folder: string, dataFolder: string): Promise<SegmentPack> {
  if (!isSegmentPackInstalled(folder)) return { kinds: [], close: () => Promise.resolve() };
  const catalogue = readCatalogue(folder);
  const { version } = readJson(installedManifest(folder)) as { readonly version: string };
  if (version !== catalogue.version) {
    throw new FaultError(
      'internal',
      `The pack of cloud destinations is installed in version ${version}; this Leat is made for ${catalogue.version}. Run: npm --prefix connectors/segment ci`,
    );
  }
  const tokens = new RenewedTokens(path.join(dataFolder, 'renewed-tokens.json'));
  const threads: PackThread[] = [];
  const kinds = catalogue.kinds.map((kind) => {
    const thread = new PackThread({ name: `pack ${kind.slug}`, tokens, folder, directory: kind.directory });
    threads.push(thread);
    return toDestinationKind(kind, thread);
  });
  return {
    kinds,
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** What the catalogue says, whether or not the package is installed. */
export const readCatalogue = (folder: string): Catalogue => readJson(path.join(folder, 'catalogue.json')) as Catalogue;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
