// Carries out sends with the engine: payloads that Leat has mapped go in, an outcome for each comes out.
//
// The engine maps by itself, so it is given a mapping that takes each field from where the payload was put into the
// event; some destinations read the event too. OAuth: an access token that is refused is renewed once, and the new one is
// given to delivery to keep (renewed-tokens.ts) before it is used; the stored settings stay as they are.
import { sendHalving } from '../../src/destinations/halve.ts';
import { delivered } from '../../src/destinations/outcome.ts';
import type { Outcome } from '../../src/destinations/outcome.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { itemOutcome, toPackOutcome } from './pack-outcome.ts';
import { currentCall } from './host-fetch.ts';
import type { EngineDestination, RefreshedTokens } from './open-package.ts';
import type { OAuthSettings, PackDestination, PackHttp, PackItem, PackSend, PackSettings } from './pack-protocol.ts';

/** Where in the event the payload is. */
const payloadKey = '__leat';
/** Read by the engine from the mapping itself. */
const mappingConstants = ['__segment_internal_sync_mode', '__segment_internal_matching_key'];

/** Takes any call and does nothing. */
const silent: unknown = new Proxy({}, { get: () => () => undefined });
const context = { features: {}, statsContext: { statsClient: silent, tags: [] }, logger: silent };

export class PackagedDestination implements PackDestination {
  readonly #engine: EngineDestination;
  readonly #host: Pick<Remote<PackHttp>, 'renewed'>;
  /** Renewed tokens, and renewals under way, by the access token in the settings. */
  readonly #tokens = new Map<string, RefreshedTokens>();
  readonly #renewals = new Map<string, Promise<boolean>>();

  constructor(engine: EngineDestination, host: Pick<Remote<PackHttp>, 'renewed'>) {
    this.#engine = engine;
    this.#host = host;
  }

  send({ call, action, settings, items, batch }: PackSend, signal: AbortSignal): Promise<readonly Outcome[]> {
    this.#learn(settings);
    return currentCall.run({ call, failure: null }, async () => {
      try {
        if (batch) return await sendHalving(items, (part) => this.#attempt(action, settings, part, true, signal));
        const outcomes: Outcome[] = [];
        for (const item of items) {
          const before = outcomes.at(-1);
          // What keeps the destination as a whole from answering need not be tried with the rest.
          if (before?.result === 'retry' && before.scope === 'destination') outcomes.push(before);
          else outcomes.push(...[await this.#attempt(action, settings, [item], false, signal)].flat());
        }
        return outcomes;
      } finally {
        this.#engine.responses.length = 0;
      }
    });
  }

  test(call: number, settings: PackSettings): Promise<string | null> {
    const { own, oauth } = settings;
    this.#learn(settings);
    const { accessToken, refreshToken } = this.#auth(oauth);
    const present = { ...oauth, access_token: accessToken, refresh_token: refreshToken };
    return currentCall.run({ call, failure: null }, async () => {
      try {
        this.#engine.validateSettings(structuredClone(own));
        await this.#engine.testAuthentication(oauth ? { ...own, oauth: present } : own);
        return null;
      } catch (error) {
        const unanswered = currentCall.getStore()?.failure?.reason;
        if (unanswered !== undefined) return unanswered;
        const said = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
        return `The destination refuses the settings (${said}). Check its keys, tokens, permissions and addresses.`;
      } finally {
        this.#engine.responses.length = 0;
      }
    });
  }

  /** One outcome for all items, or one for each. */
  async #attempt(
    action: string,
    settings: PackSettings,
    items: readonly PackItem[],
    batch: boolean,
    signal: AbortSignal,
  ): Promise<Outcome | readonly Outcome[]> {
    const used = this.#auth(settings.oauth).accessToken;
    const outcome = await this.#execute(action, settings, items, batch, signal);
    const first = 'result' in outcome ? outcome : outcome[0];
    const refused = first?.result === 'retry' && first.status === 401;
    if (!refused || used === undefined || !(await this.#renew(settings, used))) return outcome;
    return this.#execute(action, settings, items, batch, signal);
  }

  async #execute(
    slug: string,
    { own, oauth }: PackSettings,
    items: readonly PackItem[],
    batch: boolean,
    signal: AbortSignal,
  ): Promise<Outcome | readonly Outcome[]> {
    const action = this.#engine.actions[slug];
    const [first] = items;
    if (!action || !first) throw new Error(`The package has no action ${slug}.`);
    const mapping: Record<string, unknown> = {};
    for (const name of Object.keys(action.definition.fields)) mapping[name] = { '@path': `$.${payloadKey}.${name}` };
    for (const name of mappingConstants) if (first.payload[name] !== undefined) mapping[name] = first.payload[name];
    const data = items.map(({ event, payload }) => ({ ...event, [payloadKey]: payload }));
    // The engine and the destinations change what they are given.
    const bundle = { ...context, mapping, settings: structuredClone(own), auth: this.#auth(oauth), signal };
    try {
      if (batch) {
        const statuses = await action.executeBatch({ ...bundle, data });
        return items.map((_, index) => itemOutcome(statuses[index]));
      }
      await action.execute({ ...bundle, data: data[0] });
      return delivered;
    } catch (error) {
      return toPackOutcome(error, currentCall.getStore()?.failure ?? null);
    }
  }

  #auth(oauth: OAuthSettings | null): { readonly accessToken?: string; readonly refreshToken?: string | undefined } {
    if (!oauth) return {};
    const renewed = this.#tokens.get(oauth.access_token);
    return {
      accessToken: renewed?.accessToken ?? oauth.access_token,
      refreshToken: renewed?.refreshToken ?? oauth.refresh_token,
    };
  }

  #learn({ oauth, renewed }: PackSettings): void {
    if (oauth && renewed && !this.#tokens.has(oauth.access_token)) this.#tokens.set(oauth.access_token, renewed);
  }

  /** Whether there is another access token than `used` now. Sends that were refused together renew once. */
  #renew({ own, oauth }: PackSettings, used: string): Promise<boolean> {
    if (!oauth?.refresh_token || !this.#engine.authentication?.refreshAccessToken) return Promise.resolve(false);
    if (this.#auth(oauth).accessToken !== used) return Promise.resolve(true);
    const key = oauth.access_token;
    const underWay = this.#renewals.get(key);
    if (underWay) return underWay;
    const renewal = this.#fetchTokens(own, oauth).finally(() => this.#renewals.delete(key));
    this.#renewals.set(key, renewal);
    return renewal;
  }

  async #fetchTokens(own: JsonObject, oauth: OAuthSettings): Promise<boolean> {
    const { clientId, clientSecret, access_token } = oauth;
    let renewed: RefreshedTokens;
    try {
      const auth = { ...this.#auth(oauth), clientId, clientSecret };
      const tokens = await this.#engine.refreshAccessToken(structuredClone(own), auth);
      if (!tokens?.accessToken) return false;
      // Without a new refresh token the one before goes on to hold, which may itself be a renewed one.
      const refreshToken = tokens.refreshToken ?? this.#auth(oauth).refreshToken;
      renewed = { accessToken: tokens.accessToken, ...(refreshToken !== undefined && { refreshToken }) };
      this.#tokens.set(access_token, renewed);
    } catch {
      // The answer that asked for a new token says what is wrong; why there is none adds nothing to that.
      return false;
    }
    await this.#host.renewed(oauth, renewed);
    return true;
  }
}
