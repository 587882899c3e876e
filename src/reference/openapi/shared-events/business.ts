// Accounts of business customers: who signs up, invites and tries.
import type { EventGroup } from './event-group.ts';

const trial = ['trial_plan_name', 'trial_start_date', 'trial_end_date'];

export const business: EventGroup = {
  title: 'B2B software',
  text: '`context.groupId` names the account that it is about.',
  context: { groupId: 'acme' },
  properties: {
    account_name: ['string', 'Name of the account.', 'Acme'],
    type: ['string', 'How someone signed up.', 'organic'],
    first_name: ['string', 'First name.', 'Ann'],
    last_name: ['string', 'Last name.', 'Lee'],
    email: ['string', 'Email address.', 'ann@example.com'],
    phone: ['string', 'Phone number.', '+49301234567'],
    username: ['string', 'User name.', 'ann'],
    title: ['string', 'Job title.', 'CTO'],
    invitee_email: ['string', 'Who is invited.', 'bo@example.com'],
    invitee_first_name: ['string', 'First name.', 'Bo'],
    invitee_last_name: ['string', 'Last name.', 'Ray'],
    invitee_role: ['string', 'Role offered.', 'editor'],
    role: ['string', 'Role given.', 'editor'],
    trial_start_date: ['string', 'First day; ISO 8601.', '2026-01-01'],
    trial_end_date: ['string', 'Last day; ISO 8601.', '2026-01-31'],
    trial_plan_name: ['string', 'Plan that is tried.', 'Pro'],
  },
  events: [
    { name: 'Account Created', properties: ['account_name'] },
    { name: 'Account Deleted', properties: ['account_name'] },
    { name: 'Signed Up', properties: ['type', 'first_name', 'last_name', 'email', 'phone', 'username', 'title'] },
    { name: 'Signed In', properties: ['username'] },
    { name: 'Signed Out', properties: ['username'] },
    { name: 'Invite Sent', properties: ['invitee_email', 'invitee_role', 'invitee_first_name', 'invitee_last_name'] },
    { name: 'Account Added User', properties: ['role'] },
    { name: 'Account Removed User', properties: [] },
    { name: 'Trial Started', properties: trial },
    { name: 'Trial Ended', properties: trial },
  ],
};
