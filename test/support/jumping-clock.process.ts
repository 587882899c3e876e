// Loaded into a server with --import, shifts its wall clock by the milliseconds that stand in the file that
// the module URL’s query names. Durations (performance.now, timers) run on as they do when a machine's clock is set.
import { readFileSync } from 'node:fs';

const file = new URL(import.meta.url).searchParams.get('file') ?? '';
const realNow = Date.now;
let shiftMs = 0;
setInterval(() => {
  shiftMs = Number(readFileSync(file, 'utf8'));
}, 20).unref();
Date.now = () => realNow() + shiftMs;
