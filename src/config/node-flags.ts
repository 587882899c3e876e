// Flags and environment of the Node process that serves, as `npm start` and ./leat give them.
//
// V8 sizes its heap for the machine; left alone, the HTTP thread's young generation grows to 64 MB and its garbage to
// several hundred before it is collected. What is live stays below 100 MB, so these bounds cost little.
//
// Young generations are collected by the thread that filled them: on a busy machine the helpers V8 would use first have to
// be given a core, and the HTTP thread waits for them (a tenth more single events a second without them on two cores).
//
// The size of their semi-spaces, in MB, holds for every thread: where this flag is given, V8 does not heed the limit of a
// worker. With 8 the whole server peaked at 356 MB under single events at full speed and at 467 under batches, with 4 at 310
// to 319 and 416 to 424, at rates that differ less than they swing; with 2 at 325 and 419.

export const serverNodeFlags = [
  '--max-semi-space-size=4',
  '--max-old-space-size=256',
  '--no-parallel-scavenge',
] as const;

/**
 * glibc gives each thread a pool of memory and keeps what was freed in it: with two for all threads resident memory peaked
 * at 364 MB instead of 384 under 12,000 events a second, at the same cost. Another C library ignores it.
 */
export const serverNodeEnvironment = { MALLOC_ARENA_MAX: '2' } as const;
