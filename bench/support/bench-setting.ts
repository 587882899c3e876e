// What every bench of a run shares: how long to measure, and the servers' folder.

export interface BenchSetting {
  /** Short runs show that the bench works and roughly where things stand; figures are quoted from long ones. */
  readonly short: boolean;
}

/** Seconds to measure. */
export const pick = (setting: BenchSetting, short: number, long: number): number => (setting.short ? short : long);

export const serverConditions =
  'every event fsynced before its answer (group commit), de-duplicated; HTTP, log, workspace, delivery and control ' +
  'threads running; no destination besides the workspace; load generator on the same cores';
