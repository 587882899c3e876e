// The secrets of one destination that nothing kept or shown of it may contain: those of its settings, and those that its
// code comes by while it sends, such as renewed tokens.

/** Secrets come by that are remembered; of tokens renewed again and again the older ones have expired. */
const mostLearnt = 20;

export class KnownSecrets {
  #all: readonly string[];
  readonly #own: readonly string[];
  #learnt: readonly string[] = [];

  constructor(own: readonly string[]) {
    this.#own = own;
    this.#all = longestFirst(own);
  }

  /** Longest first, so that none is left over around a shorter one within it. */
  get all(): readonly string[] {
    return this.#all;
  }

  learn(secret: string): void {
    if (secret === '' || this.#all.includes(secret)) return;
    this.#learnt = [...this.#learnt, secret].slice(-mostLearnt);
    this.#all = longestFirst([...this.#own, ...this.#learnt]);
  }
}

const longestFirst = (secrets: readonly string[]): readonly string[] => secrets.toSorted((a, b) => b.length - a.length);
