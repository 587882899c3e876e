// `leat owner link`: a one-time link for the console, for the first run or a lost password.
import { Command } from 'commander';
import type { CliContext, OpenContext } from './context.ts';

interface OwnerLink {
  readonly link: string;
  readonly expiresAt: string;
}

export const ownerCommand = (open: OpenContext): Command =>
  new Command('owner')
    .description('let the owner into the console')
    .addCommand(
      new Command('link')
        .description('print a link that works once: to make the owner, or to choose a new password')
        .action(async (_: unknown, command: Command) => printLink(await open(command))),
    );

async function printLink({ client, output }: CliContext): Promise<void> {
  const made = await client.call<OwnerLink>('POST', 'set-up/owner-link');
  output.json(made);
  output.print(made.link);
  output.note(
    'Open it in a browser. It works once, for 24 hours; the email you give there becomes, or stays, that of an owner.',
  );
}
