// What of the audit log is wanted, as it stands in the address.

/** Which entries of the audit log are wanted, as it stands in the address; times as the reader's clock shows them. */
export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly after?: string;
  readonly before?: string;
}

export function parseAuditFilter(search: Readonly<Record<string, unknown>>): AuditFilter {
  const parts = ['actor', 'action', 'subject', 'after', 'before'] as const;
  return Object.fromEntries(
    parts.flatMap((part) => {
      const value = search[part];
      const isTime = part === 'after' || part === 'before';
      return typeof value === 'string' && !(isTime && Number.isNaN(Date.parse(value))) ? [[part, value]] : [];
    }),
  );
}
