// `leat connectors`: the optional pack of cloud destinations, which is installed apart because it is large.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Command } from 'commander';
import { isSegmentPackInstalled, readCatalogue } from '../../connectors/segment/load-segment-pack.ts';
import { CliError } from './cli-error.ts';
import { createOutput } from './output.ts';
import type { Output, OutputStreams } from './output.ts';

const packFolder = path.resolve(import.meta.dirname, '../../connectors/segment');

/** Needs no server: it works on the files beside this one. */
export function connectorsCommand(streams: OutputStreams, color: boolean | null): Command {
  const outputOf = (command: Command): Output => {
    const { json = false, color: wanted } = command.optsWithGlobals<{ json?: boolean; color: boolean }>();
    return createOutput({ json, color: wanted ? color : false, streams });
  };
  const connectors = new Command('connectors').description('the optional pack of cloud destinations');
  connectors
    .command('status', { isDefault: true })
    .description('show whether the pack is installed')
    .action((_: unknown, command: Command) => show(outputOf(command)));
  connectors
    .command('install')
    .description('install the pack from its lockfile (100 MB)')
    .action(async (_: unknown, command: Command) => {
      const output = outputOf(command);
      output.note('Installing the pack of cloud destinations …');
      await installPack(packFolder);
      show(output);
      output.note('Restart the server to offer them.');
    });
  return connectors;
}

function show(output: Output): void {
  const { version, kinds } = readCatalogue(packFolder);
  const installed = isSegmentPackInstalled(packFolder);
  output.json({ installed, version, destinations: kinds.map(({ slug, name }) => ({ slug, name })) });
  output.print(
    installed
      ? `Installed: ${kinds.length} destinations (@segment/action-destinations ${version}).`
      : `Not installed. ${kinds.length} more destinations: leat connectors install`,
  );
}

/** Installs what the lockfile in `folder` says, without running anything of it. Throws CliError with npm's own words. */
export async function installPack(folder: string): Promise<void> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = spawn(npm, ['ci', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  const words = Buffer.concat(said).toString().trim();
  throw new CliError(`npm could not install the pack: ${words === '' ? `it ended with ${code}` : words}`, {
    hint: `It can be tried again, also by hand: npm --prefix connectors/segment ci`,
  });
}
