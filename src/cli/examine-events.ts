// The doctor's look at the latest events: what of them differs from what other tools expect of their names.
import type { ControlClient } from './control-client.ts';
import { note, warn } from './finding.ts';
import type { Finding } from './finding.ts';
import { count, printable, things } from './output.ts';
import type { SourceView } from './source-command.ts';

export interface OddEventsView {
  readonly looked: number;
  readonly items: readonly {
    readonly sourceId: string;
    readonly name: string;
    readonly field: string;
    readonly message: string;
    readonly events: number;
    readonly lastMessageId: string;
  }[];
}

/** More than these say nothing new. */
const shown = 5;

export async function examineEvents(client: ControlClient, sources: readonly SourceView[]): Promise<Finding[]> {
  return judgeEvents(await client.get<OddEventsView>('semantic-events/odd'), sources);
}

/** Pure. */
export function judgeEvents(
  { looked, items }: OddEventsView,
  sources: readonly Pick<SourceView, 'id' | 'name'>[],
): Finding[] {
  return items.slice(0, shown).map(({ sourceId, name, field, message, events, lastMessageId }) => {
    const source = sources.find(({ id }) => id === sourceId)?.name ?? sourceId;
    const seen = printable(
      `${source}: of ${name}, ${field} ${message}, in ${count(events)} of the latest ${things(looked, 'event')}.`,
    );
    // Leat's own destinations take any spelling.
    if (field === 'event') return note('semantic events', seen);
    return warn(
      'semantic events',
      seen,
      `Such events are taken and sent on as they are, but tools that know the event may not understand them. Mend the sender; see one: leat explain ${printable(lastMessageId)}`,
    );
  });
}
