// Flags of the Node process that serves, as `npm start` and ./leat give them.
//
// V8 sizes its heap for the machine; left alone, the HTTP thread's young generation grows to 64 MB and its garbage to
// several hundred before it is collected. What is live stays below 100 MB, so these bounds cost little.

export const serverNodeFlags = ['--max-semi-space-size=8', '--max-old-space-size=256'] as const;
