// The control API as the tests use it: typed, paged lists read whole, a bad status an error that quotes the answer.

export interface CreatedSource {
  readonly id: string;
  readonly key: string;
}

interface NewSource {
  readonly id: string;
  readonly keys: readonly { readonly key: string }[];
}

/** An attribute and the time that set it. */
interface AttributeView {
  readonly value: unknown;
  readonly at: string;
}

interface PersonView {
  readonly identifiers: {
    readonly id: string | null;
    readonly email: string | null;
    readonly cioId: string;
    readonly anonymousIds: readonly string[];
    readonly previousIds: readonly string[];
  };
  readonly attributes: Readonly<Record<string, AttributeView>>;
  readonly devices: readonly { readonly token: string; readonly platform: string | null }[];
  readonly relationships: readonly {
    readonly objectTypeId: string;
    readonly objectId: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

export interface TimelineItem {
  readonly messageId: string;
  readonly type: string;
  readonly name: string;
  readonly at: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface StoredEvent {
  readonly messageId: string;
  readonly type: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly groupId?: string;
  readonly previousId?: string;
  readonly event?: string;
  readonly name?: string;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/** One stored event with what became of it. */
export interface ExplainedEvent {
  readonly sourceId: string;
  readonly event: StoredEvent;
  readonly workspace: { readonly state: string; readonly outcome: string | null; readonly notes: readonly string[] };
}

export interface LedgerItem {
  readonly sourceId: string;
  readonly destinationId: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly discarded: number;
  readonly failed: number;
  readonly pending: number;
}

interface Ledger {
  readonly items: readonly LedgerItem[];
  readonly balanced: boolean;
}

interface Status {
  readonly workspace: { readonly lag: number };
  readonly destinations: readonly { readonly id: string; readonly lag: number; readonly breaker: string }[];
}

interface RejectionView {
  readonly reason: string;
  readonly field: string | null;
  readonly message: string;
  readonly size: number;
}

export interface ControlClient {
  /** GET of any path below /api/v1; rejects unless the answer is 2xx. */
  get<T>(path: string): Promise<T>;
  /** As `get`, with null for a 404. */
  find<T>(path: string): Promise<T | null>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Every item of a paged list. */
  all<T>(path: string): Promise<readonly T[]>;

  createSource(source: {
    readonly name: string;
    readonly kind?: string;
    readonly family?: string;
  }): Promise<CreatedSource>;
  createWebhook(name: string, url: string, settings?: Readonly<Record<string, unknown>>): Promise<string>;
  status(): Promise<Status>;
  ledger(): Promise<Ledger>;
  person(identifier: string): Promise<PersonView | null>;
  timeline(identifier: string): Promise<readonly TimelineItem[]>;
  events(messageId: string): Promise<readonly ExplainedEvent[]>;
  rejections(sourceId: string): Promise<readonly RejectionView[]>;
}

/** A client of the server at `url()`, asked anew for each call since a restart may change it. */
export function controlClient(url: () => string, token: string): ControlClient {
  const request = async (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${url()}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const parsed = async <T>(response: Response, what: string): Promise<T> => {
    const text = await response.text();
    if (!response.ok) throw new Error(`${what} answered ${response.status}: ${text.slice(0, 500)}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };

  const get = async <T>(path: string): Promise<T> => parsed<T>(await request('GET', path), `GET ${path}`);
  const find = async <T>(path: string): Promise<T | null> => {
    const response = await request('GET', path);
    if (response.status !== 404) return parsed<T>(response, `GET ${path}`);
    await response.arrayBuffer();
    return null;
  };
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    parsed<T>(await request(method, path, body), `${method} ${path}`);

  const all = async <T>(path: string): Promise<readonly T[]> => {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const joint: string = path.includes('?') ? '&' : '?';
      const page: { readonly items: readonly T[]; readonly next: string | number | null } = await get(
        cursor === null ? path : `${path}${joint}cursor=${encodeURIComponent(cursor)}`,
      );
      items.push(...page.items);
      cursor = page.next === null ? null : String(page.next);
    } while (cursor !== null);
    return items;
  };

  const segment = encodeURIComponent;
  return {
    get,
    find,
    send,
    all,
    createSource: async (source) => {
      const { id, keys } = await send<NewSource>('POST', 'sources', source);
      const [key] = keys;
      if (!key) throw new Error('The new source has no key.');
      return { id, key: key.key };
    },
    createWebhook: async (name, url, settings = {}) => {
      const created = await send<{ readonly id: string }>('POST', 'destinations', {
        name,
        kind: 'webhook',
        settings: { url, ...settings },
      });
      return created.id;
    },
    status: () => get('status'),
    ledger: () => get('ledger'),
    person: (identifier) => find(`people/${segment(identifier)}`),
    timeline: (identifier) => all(`people/${segment(identifier)}/events?limit=200`),
    events: async (messageId) =>
      (await find<{ readonly items: readonly ExplainedEvent[] }>(`events/${segment(messageId)}`))?.items ?? [],
    rejections: (sourceId) => all(`sources/${segment(sourceId)}/rejections`),
  };
}
