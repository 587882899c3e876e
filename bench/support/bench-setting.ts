// What every bench of a run shares: how long to measure, and the servers' folder.

export interface BenchSetting {
  /** Short runs show that the bench works and roughly where things stand; figures are quoted from long ones. */
  readonly short: boolean;
  /** What takes an hour only when it is asked for. */
  readonly long: boolean;
  /** Where a bench keeps a data folder that is dear to make; null for one that goes with it. */
  readonly folder: string | null;
}

/** Seconds to measure. */
export const pick = (setting: BenchSetting, short: number, long: number): number => (setting.short ? short : long);

export const serverConditions =
  'every event fsynced before its answer (group commit), de-duplicated; HTTP, log, workspace, delivery and control ' +
  'threads running; no destination besides the workspace; load generator on the same cores';
