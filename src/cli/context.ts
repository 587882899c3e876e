// What every command works with: where the server is, and how to print.
import type { Command } from 'commander';
import type { CliEnvironment } from '../config/cli-environment.ts';
import type { Clock } from '../lib/clock.ts';
import { findAccess } from './access.ts';
import { ControlClient } from './control-client.ts';
import type { Interrupt } from './interrupt.ts';
import { createOutput } from './output.ts';
import type { Output, OutputStreams } from './output.ts';

export interface CliContext {
  readonly client: ControlClient;
  readonly output: Output;
  readonly environment: CliEnvironment;
  readonly clock: Clock;
  /** Aborts at Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** Makes the context of a command from the options given to it and to the program. */
export type OpenContext = (command: Command) => Promise<CliContext>;

/** Options that every command takes. */
interface GlobalOptions {
  readonly url?: string;
  readonly json?: boolean;
  readonly color: boolean;
}

export function createOpenContext(
  environment: CliEnvironment,
  streams: OutputStreams,
  clock: Clock,
  interrupt: Interrupt,
): OpenContext {
  return async (command) => {
    const { url, json = false, color } = command.optsWithGlobals<GlobalOptions>();
    interrupt.arm();
    return {
      client: new ControlClient(await findAccess(environment, url)),
      output: createOutput({ json, color: color ? environment.color : false, streams }),
      environment,
      clock,
      interrupted: interrupt.signal,
    };
  };
}
