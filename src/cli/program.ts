// The command line: `leat <command>`. One file per command; all but `start` and `demo` are clients of a running server.
import { Command, CommanderError, Option } from 'commander';
import type { OutputConfiguration } from 'commander';
import { readCliEnvironment } from '../config/cli-environment.ts';
import type { CliEnvironment } from '../config/cli-environment.ts';
import { settingsTable } from '../config/settings-table.ts';
import { FaultError, InputError } from '../errors/errors.ts';
import { systemClock } from '../lib/clock.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { ExitCode } from './cli-error.ts';
import { connectorsCommand } from './connectors-command.ts';
import { createOpenContext } from './context.ts';
import { deadLettersCommand } from './dead-letters-command.ts';
import { demoCommand } from './demo-command.ts';
import type { OpenServer } from './demo-command.ts';
import { destinationCommand } from './destination-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { explainCommand } from './explain-command.ts';
import { createInterrupt } from './interrupt.ts';
import type { Interrupt } from './interrupt.ts';
import { createOutput, processStreams } from './output.ts';
import type { Output, OutputStreams } from './output.ts';
import { ledgerCommand } from './ledger-command.ts';
import { ownerCommand } from './owner-command.ts';
import { personCommand } from './person-command.ts';
import { replayCommand } from './replay-command.ts';
import { sendCommand } from './send-command.ts';
import { sourceCommand } from './source-command.ts';
import { statusCommand } from './status-command.ts';
import { tailCommand } from './tail-command.ts';

export interface ProgramParts {
  /** Runs the server; resolves with the exit code when it has stopped. */
  readonly start: () => Promise<number>;
  /** Starts a server in this process, for the demo. */
  readonly openServer: OpenServer;
  /** @default that of this process */
  readonly environment?: CliEnvironment;
  /** @default those of this process */
  readonly streams?: OutputStreams;
}

/** The program with all its commands. {@link runCli} runs it; errors of commands come out as CliError. */
function createProgram(
  { start, openServer, environment = readCliEnvironment(), streams = processStreams }: ProgramParts,
  interrupt: Interrupt = createInterrupt(),
): Command {
  const open = createOpenContext(environment, streams, systemClock, interrupt);
  const program = new Command('leat')
    .description('Customer data pipelines on one machine.')
    .addOption(new Option('--url <url>', 'server to talk to (LEAT_URL)'))
    .addOption(new Option('--json', 'print JSON for scripts'))
    .addOption(new Option('--no-color', 'print without colours (NO_COLOR)'))
    .showHelpAfterError('(--help lists what there is)')
    .addHelpText('after', helpText);
  program
    .command('start')
    .description('start the server')
    .addHelpText('after', `\nSettings are environment variables:\n${settingsHelp()}`)
    .action(async () => {
      const exitCode = await start();
      if (exitCode !== 0) throw new CliError('', { exitCode: exitCodes.failed });
    });
  for (const command of [
    sourceCommand(open),
    destinationCommand(open),
    deadLettersCommand(open),
    sendCommand(open),
    tailCommand(open),
    personCommand(open),
    explainCommand(open),
    ledgerCommand(open),
    replayCommand(open),
    statusCommand(open),
    doctorCommand(open),
    ownerCommand(open),
    connectorsCommand(streams, environment.color),
    demoCommand(open, openServer),
  ])
    program.addCommand(command);
  settleAll(program, {
    writeOut: (text) => streams.stdout.write(text),
    writeErr: (text) => streams.stderr.write(text),
  });
  return program;
}

/** Runs the command line and resolves with the exit code; everything that goes wrong has been printed. */
export async function runCli(argv: readonly string[], parts: ProgramParts): Promise<ExitCode> {
  const interrupt = createInterrupt();
  const program = createProgram(parts, interrupt);
  try {
    await program.parseAsync([...argv]);
    return exitCodes.ok;
  } catch (error) {
    // Commander has printed its message already; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const { environment = readCliEnvironment(), streams = processStreams } = parts;
    // The options may be what could not be read, so they are looked for, not parsed.
    const color = argv.includes('--no-color') ? false : environment.color;
    return printError(error, createOutput({ json: argv.includes('--json'), color, streams }));
  } finally {
    interrupt.disarm();
  }
}

function printError(error: unknown, output: Output): ExitCode {
  const { red, bold } = output.color;
  if (error instanceof CliError) {
    if (error.message !== '') output.note(`${red(bold('Error'))} ${error.message}`);
    if (error.hint !== null) output.note(error.hint);
    // Without a message the command has printed what it found itself.
    if (error.message !== '') output.json({ error: { message: error.message, hint: error.hint } });
    return error.exitCode;
  }
  // Settings and the like: the message is made for people.
  if (error instanceof InputError || error instanceof FaultError) {
    output.note(`${red(bold('Error'))} ${error.message}`);
    return exitCodes.failed;
  }
  output.note(`${red(bold('Error'))} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return exitCodes.failed;
}

/** Commands inherit settings only when they are made by their parent. */
function settleAll(command: Command, output: OutputConfiguration): void {
  command.exitOverride().configureOutput(output).configureHelp({ showGlobalOptions: true });
  for (const child of command.commands) settleAll(child, output);
}

const helpText = `
The server is the one at LEAT_URL, else the one running on LEAT_DATA_DIR (./data), else http://localhost at LEAT_PORT (8080).
The token is LEAT_ADMIN_TOKEN, else the one in the data folder.

Exit codes: 0 done, 1 refused or failed, 2 wrong command line, 3 no server answers, 4 a check found something wrong.`;

const settingsHelp = (): string =>
  Object.entries(settingsTable)
    .map(([name, entry]) => `  ${name.padEnd(26)} ${entry.doc}${entry.default ? ` [${entry.default}]` : ''}`)
    .join('\n');
