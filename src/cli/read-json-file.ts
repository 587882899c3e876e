// JSON that a user hands to a command.
import { readFile } from 'node:fs/promises';
import { CliError } from './cli-error.ts';

/** JSON from a file, or from stdin for `-`. */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch((cause: unknown) => {
    throw new CliError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CliError(`${file} holds no JSON.`, { cause });
  }
}
