// `leat doctor`: looks at a set-up from outside, as a client would meet it, and says what is wrong and how to mend it.
import { Command } from 'commander';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import { diagnose } from './diagnose.ts';
import type { Finding } from './finding.ts';
import { printable, things } from './output.ts';

export const doctorCommand = (open: OpenContext): Command =>
  new Command('doctor')
    .description('find out what is wrong with a set-up and how to mend it')
    .action(async (_: unknown, command: Command) => run(await open(command)));

async function run({ client, output, clock }: CliContext): Promise<void> {
  const { bold, dim, green, red, yellow } = output.color;
  const marks: Readonly<Record<Finding['state'], string>> = {
    ok: green('✓'),
    note: dim('•'),
    warn: yellow('!'),
    fail: red('✗'),
  };
  output.print(`${bold('Examining')} ${client.access.url}`);
  const findings: Finding[] = [];
  for await (const finding of diagnose(client, clock)) {
    findings.push(finding);
    output.print(`${marks[finding.state]} ${printable(finding.message)}`);
    if (finding.remedy !== null) output.print(`  ${dim('→')} ${printable(finding.remedy)}`);
  }
  const failed = findings.filter(({ state }) => state === 'fail').length;
  const warned = findings.filter(({ state }) => state === 'warn').length;
  output.json({ ok: failed === 0, findings });
  if (failed === 0) {
    output.print(`\n${green('Nothing is broken')}${warned > 0 ? `; ${things(warned, 'thing')} to look at` : ''}.`);
    return;
  }
  output.print(
    `\n${red(`${things(failed, 'thing')} ${failed === 1 ? 'is' : 'are'} broken`)}${warned > 0 ? `, ${warned} more to look at` : ''}.`,
  );
  throw new CliError('', {
    exitCode: findings.some(({ check, state }) => check === 'reachable' && state === 'fail')
      ? exitCodes.unreachable
      : exitCodes.unhealthy,
  });
}
