// What the composition root asks of several threads alike.
import type { ControlSnapshot } from '../control/model.ts';
import type { IngestUsage } from '../ingest/ingest.ts';

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

/** Holds the port. */
export interface HttpPort {
  /**
   * Takes requests from now on. Resolves with where it can be reached from this machine.
   * @throws InputError `bad_setting` when the address cannot be had or the certificate cannot be read.
   */
  listen(): Promise<string>;
  usage(): Promise<IngestUsage>;
}
