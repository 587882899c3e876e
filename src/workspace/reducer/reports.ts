// Records of messages and in-app content: what became of a delivery, and what was seen or clicked.
import type { ReportContent, ReportDelivery } from '../commands.ts';
import { subjectFor } from './activities.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';

export function reportDelivery(context: EventContext, command: ReportDelivery): CommandOutcome {
  const { kind: _, ...metric } = command;
  context.set.metrics.push({ number: context.set.newNumber(), ...metric });
  context.changed(`delivery ${command.deliveryId} ${command.metric}`);
  return 'delivered';
}

export function reportContent(context: EventContext, command: ReportContent): CommandOutcome {
  const subject = subjectFor(context, command);
  if (typeof subject === 'string') return subject;
  const { kind: _, person: __, anonymousId: ___, ...content } = command;
  context.set.contents.push({ number: context.set.newNumber(), subject, ...content });
  context.changed(`content ${command.contentId} ${command.actionType}`);
  return 'delivered';
}
