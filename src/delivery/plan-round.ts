// Works out what is still to be sent of an event under a plan: one task per matched action that has no outcome yet.
import type { ActionKind } from '../destinations/destination.ts';
import { faultInWords } from '../destinations/schema-words.ts';
import { isObject } from '../lib/json.ts';
import type { Json } from '../lib/json.ts';
import type { MatchedAction } from '../routing/router.ts';
import type { Entry } from './entry.ts';
import type { Task } from './outbox.ts';
import type { Plan } from './plan.ts';

export interface Round {
  readonly tasks: readonly Task[];
  /** Actions that cannot be carried out, and why. */
  readonly invalid: readonly { readonly actionId: string; readonly reason: string }[];
}

export function planRound(entry: Entry, plan: Plan): Round {
  const event = entry.event?.event;
  if (!event) throw new TypeError('An event without its body cannot be sent.');
  if (entry.routedBy !== plan.router || entry.matched === null) {
    const route = plan.router.route(event, entry.sourceId);
    entry.matched = route.kind === 'matched' ? route.actions : [];
    entry.routedBy = plan.router;
  }
  const tasks: Task[] = [];
  const invalid: Round['invalid'][number][] = [];
  for (const matched of entry.matched) {
    const { id: actionId } = matched.action;
    if (entry.settled[actionId] !== undefined) continue;
    const task = toTask(entry, matched, plan);
    if ('problem' in task) invalid.push({ actionId, reason: task.problem });
    else tasks.push(task);
  }
  return { tasks, invalid };
}

/** What is to be sent of an event through one action, or why nothing can be. The entry must hold its event. */
export function toTask(
  entry: Entry,
  { action, payload }: MatchedAction,
  plan: Plan,
): Task | { readonly problem: string } {
  const event = entry.event?.event;
  if (!event) throw new TypeError('An event without its body cannot be sent.');
  const actionKind = findAction(plan, action.kind);
  if (!actionKind) return { problem: `${plan.kind.name} has no action "${action.kind}".` };
  const parsed = actionKind.fields.safeParse(payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String) ?? [];
    const value = path.reduce<Json | undefined>((at, name) => (isObject(at) ? at[name] : undefined), payload);
    const fault = issue ? faultInWords(issue, value) : 'is not valid';
    const wrong = `The mapping of action "${action.name}" does not fit this event: ${path.join('.')} ${fault}.`;
    return { problem: `${wrong} Change the action’s mapping, or its trigger so that it leaves such events out.` };
  }
  const { settings } = plan.connection;
  return {
    entry,
    actionId: action.id,
    action: actionKind,
    item: { payload: parsed.data, event },
    mode: actionKind.mode(settings),
    batchKey: actionKind.batchKey?.(parsed.data, settings) ?? '',
    bytes: entry.event?.body.length ?? 0,
  };
}

const findAction = (plan: Plan, slug: string): ActionKind | undefined =>
  plan.kind.actions.find((action) => action.slug === slug);
