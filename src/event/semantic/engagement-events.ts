// Talking with people and their accounts: A/B tests, e-mail, live chat, B2B software.
import { group, integer, text, time } from './semantic-event.ts';
import type { Properties, SemanticEvent } from './semantic-event.ts';

const abTesting = group(
  'ab_testing',
  {
    'Experiment Viewed': { experiment_id: text, experiment_name: text, variation_id: text, variation_name: text },
  },
  { 'Experiment Viewed': ['Viewed Experiment'] },
);

const email: Properties = {
  email_id: { type: 'text', required: true },
  email_subject: text,
  campaign_id: text,
  campaign_name: text,
};

const emails = group(
  'email',
  {
    'Email Delivered': email,
    'Email Opened': email,
    'Email Bounced': email,
    'Email Marked as Spam': email,
    'Email Unsubscribed': { ...email, list_id: text, list_name: text },
    'Email Link Clicked': { ...email, link_id: text, link_url: text },
  },
  { 'Email Unsubscribed': ['Unsubscribed'] },
);

const agent: Properties = { agent_id: text, agent_name: text, agent_username: text, conversation_id: text };
const message: Properties = { ...agent, message_id: text, message_body: text };

const liveChat = group('live_chat', {
  'Live Chat Conversation Started': agent,
  'Live Chat Conversation Ended': { ...agent, conversation_duration: integer },
  'Live Chat Message Sent': message,
  'Live Chat Message Received': message,
});

const trial: Properties = { trial_start_date: time, trial_end_date: time, trial_plan_name: text };

const b2b = group('b2b', {
  'Account Created': { account_name: text },
  'Account Deleted': { account_name: text },
  'Signed Up': {
    type: text,
    first_name: text,
    last_name: text,
    email: text,
    phone: text,
    username: text,
    title: text,
  },
  'Signed In': { username: text },
  'Signed Out': { username: text },
  'Invite Sent': {
    invitee_email: text,
    invitee_first_name: text,
    invitee_last_name: text,
    invitee_role: text,
  },
  'Account Added User': { role: text },
  'Account Removed User': {},
  'Trial Started': trial,
  'Trial Ended': trial,
});

export const engagementEvents: readonly SemanticEvent[] = [...abTesting, ...emails, ...liveChat, ...b2b];
