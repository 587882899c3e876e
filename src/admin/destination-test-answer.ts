// What the latest connection test of a destination found, as the control API tells it.
import { z } from 'zod';
import type { DestinationTest } from '../control/model.ts';
import { isoTime, time } from './api-schema.ts';

const destinationTestAnswer = z
  .object({ at: time, ok: z.boolean(), message: z.string() })
  .meta({ id: 'LastDestinationTest' });

export const lastTestField = destinationTestAnswer.nullable().meta({
  description: 'What the latest connection test found; null when there was none with the present settings.',
});

/** Of one destination among the tests of all. */
export function showLastTest(tests: readonly DestinationTest[], destinationId: string): z.output<typeof lastTestField> {
  const test = tests.find((one) => one.destinationId === destinationId);
  return test ? { at: isoTime(test.at), ok: test.ok, message: test.message } : null;
}
