// `node bench/support/scale/make-folder.process.ts <folder> <people> <events>`: makes the data folder of a shop that has
// run for four weeks, with the project's own engines at full speed. Prints how far it is every ten seconds.
import { existsSync } from 'node:fs';
import { ensureFirstSource, newSourceId, newSourceKey } from '../../../src/control/first-source.ts';
import { openControlDatabase } from '../../../src/control/sqlite/open-control-database.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { openDataFolder } from '../../../src/server/data-folder.ts';
import { workspaceActions } from '../../../src/workspace/default-actions.ts';
import { fillDataFolder } from './fill-data-folder.ts';
import type { Progress } from './fill-data-folder.ts';
import { noteShopSize } from './shop-file.ts';

const dayMs = 86_400_000;
/** Inside what the log keeps by default, so that nothing is removed while it is looked at. */
const days = 28;
const tellEveryMs = 10_000;

const [root, people, events] = [process.argv[2] ?? '', Number(process.argv[3]), Number(process.argv[4])];
if (root === '' || !(people > 0) || !(events > 0)) {
  console.error('Give a folder, a number of people and a number of events.');
  process.exit(2);
}

const folder = openDataFolder(root);
if (existsSync(folder.control)) {
  console.error(`${root} was begun and not finished, or is somebody's data. Remove it or name another folder.`);
  process.exit(2);
}

const to = systemClock.now();
const from = to - days * dayMs;
const control = openControlDatabase(folder.control, { clock: systemClock });
const actor = { name: 'bench' };
const first = await ensureFirstSource(control.control, {
  region: 'us',
  writeKey: null,
  workspaceActions: workspaceActions(),
  now: from,
});
const sourceIds = [first.source.id];
for (const [name, kind] of [
  ['Order server', 'http'],
  ['iOS app', 'ios'],
  ['Android app', 'android'],
] as const) {
  const id = newSourceId();
  const source = { ...first.source, id, name, kind, createdAt: from };
  const key = newSourceKey(id, { region: 'us', key: null, class: 'public', now: from });
  await control.control.createSource(source, [key], actor);
  sourceIds.push(id);
}
const workspace = (await control.control.snapshot()).destinations.find(({ id }) => id === 'workspace');
await control.close();
if (!workspace) throw new Error('The configuration has no workspace.');

const began = performance.now();
let told = began;
const tell = ({ written, applied }: Progress): void => {
  const now = performance.now();
  if (now - told < tellEveryMs && applied < events) return;
  told = now;
  const seconds = (now - began) / 1000;
  const perSecond = Math.round(applied / seconds);
  console.log(`${Math.round(seconds)} s: ${written} events in the log, ${applied} applied, ${perSecond}/s`);
};
await fillDataFolder({ root, workspace, traffic: { people, events, sourceIds, from, to }, progress: tell });
noteShopSize(root, { people, events });
