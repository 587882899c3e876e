// Prints findings: one JSON line each for scripts as they come, a table for people at the end.
import { cpus } from 'node:os';
import Table from 'cli-table3';
import { meetsTarget } from './bench.ts';
import type { Finding } from './bench.ts';

export interface Reported extends Finding {
  readonly bench: string;
}

const rounded = (value: number): number => {
  if (!Number.isFinite(value)) return value;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
};

export function printLine(finding: Reported): void {
  const { bench, name, value, unit, target, detail, conditions } = finding;
  const roundedDetail = Object.fromEntries(
    Object.entries(detail).map(([key, entry]) => [key, typeof entry === 'number' ? rounded(entry) : entry]),
  );
  const line = { bench, name, value: rounded(value), unit, target, met: meetsTarget(finding), detail: roundedDetail };
  console.log(JSON.stringify({ ...line, conditions, node: process.version, cores: cpus().length }));
}

export function printTable(findings: readonly Reported[]): void {
  const table = new Table({ head: ['bench', 'figure', 'measured', 'asked', ''], style: { head: [], border: [] } });
  for (const finding of findings) {
    const { target, unit } = finding;
    const met = meetsTarget(finding);
    table.push([
      finding.bench,
      finding.name,
      `${rounded(finding.value).toLocaleString('en')} ${unit}`,
      target === null ? '' : 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`,
      met === null ? '' : met ? 'met' : 'NOT MET',
    ]);
  }
  console.log(table.toString());
}
