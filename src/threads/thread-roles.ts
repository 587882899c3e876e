// What the composition root asks of several threads alike.
import type { ControlSnapshot } from '../control/model.ts';

/** Works by the configuration. */
export interface Configurable {
  /** Puts a snapshot in force; the first call starts the work. */
  configure(snapshot: ControlSnapshot): Promise<void>;
}

/** Reads the log and so decides what retention may remove. */
export interface RetentionHolder {
  /** Lowest offset per partition that must stay, such that no crash can make the thread ask for an earlier one. */
  retentionFloor(): Promise<readonly { readonly partition: number; readonly offset: number }[]>;
}
