// The doctor's look at whether the configuration is the one the events came in by: sources that the ledger has events
// of and nobody knows, unless the audit log says that they were deleted, mean that control.db was lost.
import type { ControlClient, Page } from './control-client.ts';
import { warn } from './finding.ts';
import type { Finding } from './finding.ts';
import { things } from './output.ts';
import type { SourceView } from './source-command.ts';
import type { LedgerView } from './status-command.ts';

/** The source of what the control API does to people. */
const ownSourceId = 'leat';
/** Pages of the audit log that are looked through. */
const maxPages = 20;

/** Reads the audit log, which a viewer may not. */
export async function examineConfiguration(
  client: ControlClient,
  ledger: LedgerView,
  sources: readonly SourceView[],
): Promise<Finding[]> {
  const unknown = new Set(ledger.items.map(({ sourceId }) => sourceId));
  for (const { id } of [...sources, { id: ownSourceId }]) unknown.delete(id);
  let cursor: string | null = '';
  for (let page = 0; page < maxPages && cursor !== null && unknown.size > 0; page++) {
    const { items, next }: Page<AuditView> = await client.get(`audit?limit=500${cursor}`);
    for (const { action, subject } of items) if (action === 'source.delete') unknown.delete(subject);
    cursor = next === null ? null : `&cursor=${encodeURIComponent(next)}`;
  }
  if (unknown.size === 0) return [];
  return [
    warn(
      'configuration',
      `The log holds events of ${things(unknown.size, 'source')} not configured, and no deletion is on record: ${[...unknown].slice(0, 5).join(', ')}.`,
      'Was control.db lost or replaced? Then keys, destinations and tokens of before are gone too: stop Leat and restore control.db from a backup.',
    ),
  ];
}

interface AuditView {
  readonly action: string;
  readonly subject: string;
}
