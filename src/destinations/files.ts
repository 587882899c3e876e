// Files: writes events to a folder of the machine that Leat runs on.
import path from 'node:path';
import { z } from 'zod';
import type { DestinationKind, SendContext, TestResult } from './destination.ts';
import { exampleEvent, fileSettings, layoutDescription, writeAction } from './object-files/file-settings.ts';
import { openFolderStore } from './object-files/folder-store.ts';
import { SendFailure } from './outcome.ts';

const settings = z.object({
  folder: z
    .string()
    .refine((text) => path.isAbsolute(text), { error: 'must be an absolute path' })
    .refine((text) => !text.split(/[/\\]/).includes('..'), { error: 'must not go up by ".."' })
    .meta({
      title: 'Folder',
      description: 'Absolute path of a folder that exists and that Leat may write to, outside of its data folder.',
    }),
  ...fileSettings,
});
type Settings = z.output<typeof settings>;

async function test(folder: string, ownFolder: string | null): Promise<TestResult> {
  try {
    await openFolderStore(folder, ownFolder).put('_tests/leat-test.json', Buffer.from('{}\n'), 'application/json');
    return { ok: true, message: `A test file was written to ${folder}.` };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

/** The kind, with the folder that it keeps out of: Leat's own data. */
export const filesOutside = (ownFolder: string | null): DestinationKind<typeof settings> => ({
  slug: 'files',
  name: 'Files',
  integrationName: 'Files',
  description: `Writes events to files in a folder of the machine that Leat runs on.\n\n${layoutDescription}`,
  settings,
  inRanges: true,
  actions: [writeAction<Settings>(({ settings: { folder } }) => openFolderStore(folder, ownFolder))],
  test: ({ settings: { folder } }: SendContext<Settings>) => test(folder, ownFolder),
  examples: [
    { title: 'Compressed lines of JSON', settings: { folder: '/var/lib/events' }, event: exampleEvent, requests: [] },
    { title: 'Parquet', settings: { folder: '/srv/lake', format: 'parquet' }, event: exampleEvent, requests: [] },
  ],
});

export const files = filesOutside(null);
