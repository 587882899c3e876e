// What is wrong with the text of a trigger, and where.
import { InputError } from '../../errors/errors.ts';

/** Thrown when a trigger cannot be read. The message says where, what was expected, what stands there and often the remedy. */
export class TriggerError extends InputError {
  /** Offset into the text, in UTF-16 units from 0; the text's length when it ends too early. */
  readonly position: number;
  /** What could have stood there. */
  readonly expected: string;

  constructor(text: string, position: number, expected: string, found: string, hint?: string) {
    const before = text.slice(0, position).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    const where = text.includes('\n') ? `line ${before.length}, column ${column}` : `column ${column}`;
    super(
      'invalid_request',
      `Trigger, ${where}: expected ${expected}, found ${found}.${hint ? ` ${hint}` : ''}`,
      'trigger',
    );
    this.position = position;
    this.expected = expected;
  }
}
