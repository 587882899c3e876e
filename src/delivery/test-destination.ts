// Sends a destination's test request with its present settings, apart from anything that is being delivered.
import type { Destination } from '../control/model.ts';
import type { SendContext, TestResult } from '../destinations/destination.ts';
import { redact } from '../destinations/redact.ts';
import { InputError } from '../errors/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { openPlan } from './plan.ts';
import type { Plan, PlanOptions } from './plan.ts';

const timeLimitMs = 30_000;

/** Never rejects for what the destination does: that is in the answer. */
export async function testDestination(
  destination: Destination,
  options: PlanOptions,
  clock: Clock,
): Promise<TestResult> {
  let plan: Plan;
  try {
    plan = openPlan(destination, options);
  } catch (error) {
    if (error instanceof InputError) return { ok: false, message: error.message };
    throw error;
  }
  const { kind, connection } = plan;
  try {
    if (!kind.test) return { ok: false, message: `${kind.name} has no test request; send an event instead.` };
    const signal = AbortSignal.timeout(timeLimitMs);
    const { settings, secrets, client, allowPrivateAddresses } = connection;
    const request: SendContext<never>['request'] = (next) => client.request(next, signal);
    const conceal = (secret: string): void => secrets.learn(secret);
    const result = await kind.test({ settings, clock, signal, request, allowPrivateAddresses, conceal });
    return { ...result, message: redact(result.message, secrets.all) };
  } finally {
    await connection.client.close();
  }
}
