// What a snippet is made from, and what it consists of.

export interface Snippet {
  readonly label: string;
  readonly install: string | null;
  readonly language: string;
  readonly code: string;
  /** Page of the reference that tells more. */
  readonly docs: string;
}

export interface Address {
  /** Scheme and host without a slash at the end. */
  readonly origin: string;
  readonly key: string;
}

/** A client's own first call; its label is the kind's. */
export type WriteSnippet = (wanted: Address & { readonly segment: boolean }) => Omit<Snippet, 'label'>;
