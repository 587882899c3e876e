// How a destination's actions judged an event, condition by condition.
import type { Output } from './output.ts';
import { printable } from './output.ts';

interface ClauseView {
  readonly kind: string;
  readonly text: string;
  readonly matched: boolean;
  readonly found?: unknown;
  readonly note?: string;
  readonly clauses?: readonly ClauseView[];
}

export interface RouteView {
  readonly matched: boolean;
  readonly reason?: string;
  readonly actions: readonly {
    readonly name: string;
    readonly enabled: boolean;
    readonly matched: boolean;
    readonly problem?: string;
    readonly trigger?: ClauseView;
  }[];
}

/** Actions that match with one line; of the others, each condition and what it found. */
export function printRoute(output: Output, route: RouteView): void {
  const { red, dim } = output.color;
  for (const { name, matched, enabled, problem, trigger } of route.actions) {
    if (problem !== undefined) output.print(`    action ${printable(name)}: ${red(printable(problem))}`);
    else if (matched) output.print(`    action ${printable(name)}: ${printable(trigger?.text ?? '')}`);
    else {
      output.print(dim(`    action ${printable(name)} ${enabled ? 'does not match' : 'is off'}`));
      if (enabled && trigger) printClause(output, trigger, 3);
    }
  }
}

function printClause(output: Output, clause: ClauseView, depth: number): void {
  const { dim, green, red, yellow } = output.color;
  const found =
    clause.kind !== 'clause'
      ? ''
      : ` ${dim(`(${clause.found === undefined ? 'nothing there' : shorten(clause.found)})`)}`;
  const text = clause.kind === 'clause' ? printable(clause.text) : clause.kind;
  output.print(`${'  '.repeat(depth)}${clause.matched ? green('✓') : red('✗')} ${text}${found}`);
  if (clause.note !== undefined) output.print(`${'  '.repeat(depth + 1)}${yellow(printable(clause.note))}`);
  for (const part of clause.clauses ?? []) printClause(output, part, depth + 1);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return printable(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
