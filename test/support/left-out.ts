// Suites that need server software: left out with a word when it is missing, except in CI, where that is a failure.

/** Whether to leave a suite out; `missing` says what is not there and how to get it, null when all is. */
export function leftOut(suite: string, missing: string | null): boolean {
  if (missing === null) return false;
  if (process.env['CI']) throw new Error(`${suite} cannot be tested: ${missing}`);
  console.error(`Left out: ${suite}, because ${missing}`);
  return true;
}
