// Closing what was opened, one after the other, and the rest as well when one cannot be closed.

/** @throws What kept one from closing, or an AggregateError of all that did, when all have been tried. */
export async function closeInTurn(closers: Iterable<() => Promise<void> | void>): Promise<void> {
  // What is closed twice fails twice for one reason.
  const faults = new Set<unknown>();
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      faults.add(error);
    }
  }
  const [first, ...others] = faults;
  if (others.length > 0) throw new AggregateError(faults, [...faults].map(String).join(' '));
  if (faults.size > 0) throw first;
}
