// Fails when the first load grows beyond its budget: the JavaScript, compressed, of the entry and of the overview, with
// everything that these import at once.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const budgetBytes = 300 * 1024;
const dist = path.join(import.meta.dirname, 'dist');
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite', 'manifest.json'), 'utf8'));

const loaded = new Set();
const load = (name) => {
  if (loaded.has(name)) return;
  loaded.add(name);
  for (const imported of manifest[name].imports ?? []) load(imported);
};
for (const name of ['index.html', 'src/pages/overview/overview-page.tsx']) load(name);

let total = 0;
for (const name of loaded) {
  const { file } = manifest[name];
  if (!file.endsWith('.js')) continue;
  const bytes = gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length;
  total += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KiB  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} KiB  first load, of ${budgetBytes / 1024} KiB`);
if (total > budgetBytes) {
  console.error('The first load is over its budget: load what the overview does not need when it is needed.');
  process.exitCode = 1;
}
