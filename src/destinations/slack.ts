// Slack: posts a message to a channel through an incoming webhook, one for each event that an action's trigger matches.
import { z } from 'zod';
import { eventVersion } from '../event/canonical-event.ts';
import { secret } from './destination.ts';
import type { ActionKind, DestinationKind, SendContext, TestResult } from './destination.ts';
import type { HttpResponse } from './http-client.ts';
import { SendFailure, toOutcome } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { optionalText, requiredText } from './payload-fields.ts';

const settings = z.object({
  webhookUrl: secret(z.url({ protocol: /^https?$/, error: 'must be the address that Slack gave' })).meta({
    title: 'Webhook address',
    description: 'Of an incoming webhook of your Slack app: https://hooks.slack.com/services/…',
    secret: true,
  }),
});
type Settings = z.output<typeof settings>;

/** Slack cuts longer text. */
const maxTextLength = 40_000;

const fields = z.object({
  text: requiredText.meta({ title: 'Text', description: 'The message, in Slack’s markup.' }),
  username: optionalText.meta({ title: 'Name', description: 'Shown as the sender, where the webhook allows that.' }),
  icon_emoji: optionalText.meta({ title: 'Icon', description: 'Shown as the sender’s picture, such as :tada:.' }),
  channel: optionalText.meta({ title: 'Channel', description: 'Another channel, where the webhook allows that.' }),
  blocks: z
    .array(z.unknown())
    .optional()
    .meta({ title: 'Blocks', description: 'A message of Slack’s building blocks; the text is then its summary.' }),
});

const postMessage: ActionKind<Settings, typeof fields> = {
  slug: 'post_message',
  name: 'Post message',
  description: 'Posts a message. Mentions of everybody (<!channel>, <!here>, <!everyone>) are written out, not rung.',
  fields,
  // Every event a message: nobody wants that. Users say which.
  defaultTrigger: null,
  defaultMapping: { text: { '@template': '*{{event}}* by {{userId}}' } },
  mode: () => ({ mode: 'single' }),
  async send([item], { settings: { webhookUrl }, request, clock }) {
    if (!item) return [];
    const text = withoutMassMentions(item.payload.text).slice(0, maxTextLength);
    const response = await request(message(webhookUrl, { ...item.payload, text }));
    return [toSlackOutcome(response, clock.now())];
  },
};

const message = (url: string, body: object) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/json', 'user-agent': 'Leat' },
  body: JSON.stringify(body),
});

/** What people typed into a form somewhere must not ring a whole team. */
const withoutMassMentions = (text: string): string => text.replaceAll('<!', '&lt;!');

/** Slack's own words are short codes in plain text. A webhook that is gone concerns all events: it can be set anew. */
function toSlackOutcome(response: HttpResponse, now: number): Outcome {
  const { status } = response;
  const code = /^[a-z_]{1,60}$/.test(response.body) ? `${status}, ${response.body}` : String(status);
  if (status === 403 || status === 404 || status === 410) {
    const reason = `Slack does not take messages at this address (${code}). Check that the webhook and its channel still exist.`;
    return { result: 'retry', scope: 'destination', reason, status };
  }
  if (status === 400) return { result: 'failed', reason: `Slack refused the message (${code}).`, status };
  return toOutcome(response, now);
}

/** A message without text is refused, but only where the address is right; so nothing appears in the channel. */
async function test({ settings: { webhookUrl }, request, clock }: SendContext<Settings>): Promise<TestResult> {
  try {
    const response = await request(message(webhookUrl, {}));
    const known = response.status === 400 && /^(no_text|missing_text|invalid_payload)/.test(response.body);
    const outcome = toSlackOutcome(response, clock.now());
    if (known || outcome.result === 'delivered') return { ok: true, message: 'Slack knows the webhook.' };
    return { ok: false, message: outcome.reason };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

export const slack: DestinationKind<typeof settings> = {
  slug: 'slack',
  name: 'Slack',
  integrationName: 'Slack',
  description:
    'Posts messages to a Slack channel. A new destination posts nothing: add an action for each kind of message, with ' +
    'a trigger that says when, such as `event = "Order Completed" and properties.total > 1000`, and a template for the ' +
    'text. Slack takes about one message a second.',
  settings,
  actions: [postMessage],
  test,
  examples: [
    {
      title: 'A large order',
      settings: { webhookUrl: 'https://hooks.slack.com/services/T0/B0/x' },
      actions: [
        {
          action: 'post_message',
          name: 'Large order',
          trigger: 'event = "Order Completed" and properties.total > 1000',
          mapping: { text: { '@template': ':tada: {{traits.name}}{{userId}} ordered for {{properties.total}}' } },
        },
      ],
      event: {
        type: 'track',
        event: 'Order Completed',
        messageId: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
        userId: 'u1 <!channel>',
        timestamp: '2026-03-01T12:00:00.000Z',
        receivedAt: '2026-03-01T12:00:00.250Z',
        properties: { total: 4200 },
        context: {},
        integrations: {},
        version: eventVersion,
      },
      requests: [
        {
          method: 'POST',
          url: 'https://hooks.slack.com/services/T0/B0/x',
          headers: { 'content-type': 'application/json' },
          body: { text: ':tada: u1 &lt;!channel> ordered for 4200' },
        },
      ],
    },
  ],
};
