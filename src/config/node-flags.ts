// Flags and environment of the Node process that serves, as `npm start` and ./leat give them.
//
// V8 sizes its heap for the machine; left alone, the HTTP thread's young generation grows to 64 MB and its garbage to
// several hundred before it is collected. What is live stays below 100 MB, so these bounds cost little.
//
// Young generations are collected by the thread that filled them: on a busy machine the helpers V8 would use first have to
// be given a core, and the HTTP thread waits for them (a tenth more single events a second without them on two cores).

/**
 * For a young generation in all, of each thread: three semi-spaces. With 24 the whole server took 356 MB under single events
 * at full speed and 467 under batches, with 12 it takes 310 and 416, at the same rates; less than 12 saves nothing.
 */
export const youngGenerationMb = 12;

export const serverNodeFlags = [
  `--max-semi-space-size=${youngGenerationMb / 3}`,
  '--max-old-space-size=256',
  '--no-parallel-scavenge',
] as const;

/**
 * glibc gives each thread a pool of memory and keeps what was freed in it: with two for all threads resident memory peaked
 * at 364 MB instead of 384 under 12,000 events a second, at the same cost. Another C library ignores it.
 */
export const serverNodeEnvironment = { MALLOC_ARENA_MAX: '2' } as const;
