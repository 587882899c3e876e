// What commands print: for people in colour and tables, for scripts as JSON. Answers go to stdout, remarks to stderr.
import Table from 'cli-table3';
import pc from 'picocolors';

type Colors = ReturnType<typeof pc.createColors>;

export interface Output {
  /** Whether stdout is for a script: then only `json` writes to it. */
  readonly forScripts: boolean;
  readonly color: Colors;
  /** Whether stderr is a terminal, where a line can be drawn over. */
  readonly canRedraw: boolean;
  /** One or more lines for people. */
  print(text: string): void;
  /** One JSON value on a line, for scripts. */
  json(value: unknown): void;
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
  /** A remark for people, also beside an answer for scripts. */
  note(text: string): void;
  /** Draws over the last drawn line; null wipes it. */
  redraw(line: string | null): void;
}

/** Where output goes. */
export interface OutputStreams {
  readonly stdout: Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean | undefined };
  readonly stderr: OutputStreams['stdout'];
}

export const processStreams: OutputStreams = process;

export interface OutputOptions {
  readonly json: boolean;
  /** Null leaves it to the terminal. */
  readonly color: boolean | null;
  readonly streams: OutputStreams;
}

export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr } = options.streams;
  const color = pc.createColors(options.color ?? stdout.isTTY === true);
  const canRedraw = stderr.isTTY === true && options.color !== false;
  const print = (text: string): void => {
    if (!options.json) stdout.write(`${text}\n`);
  };
  return {
    forScripts: options.json,
    color,
    canRedraw,
    print,
    json: (value) => {
      if (options.json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    table: (head, rows) => {
      const table = new Table({
        head: head.map((title) => color.dim(title)),
        chars: plainChars,
        style: { head: [], border: [], 'padding-left': 0, 'padding-right': 3 },
      });
      table.push(...rows.map((row) => [...row]));
      print(table.toString().replaceAll(/[ \t]+$/gm, ''));
    },
    note: (text) => {
      stderr.write(`${text}\n`);
    },
    redraw: (line) => {
      if (canRedraw) stderr.write(`\r\u001B[2K${line ?? ''}`);
    },
  };
}

/** Columns without lines between them. */
const plainChars = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** A count as people read it: 12,345. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** A count with its noun: 1 event, 2 events. */
export const things = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** How long ago, roughly; `never` for null. */
export function ago(iso: string | null, now: number): string {
  if (iso === null) return 'never';
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

/** A size as people read it: 1.5 GB. Powers of 1024, as LEAT_RETENTION_GB and the console's settings count. */
export function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}

/** Text of others on a terminal: without what would move the cursor or change colours. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '�');
