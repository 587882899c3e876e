// Loaded into a server with --import (see settable-clock.ts): shifts its wall clock by the milliseconds that stand in
// the file named by the module URL's query. Durations (performance.now, timers) run on, as when a machine's clock is set.
import { readFileSync } from 'node:fs';

const file = new URL(import.meta.url).searchParams.get('file') ?? '';
const realNow = Date.now;
let shiftMs = 0;
const look = (): void => {
  shiftMs = Number(readFileSync(file, 'utf8'));
};
look();
setInterval(look, 20).unref();
Date.now = () => realNow() + shiftMs;
