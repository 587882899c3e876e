// A/B tests, email and live chat.
import type { EventGroup } from './event-group.ts';

export const experiments: EventGroup = {
  title: 'A/B testing',
  text: 'Which variation of an experiment someone saw.',
  properties: {
    experiment_id: ['string', 'Id of the experiment.', 'experiment-1'],
    experiment_name: ['string', 'Its name.', 'Green button'],
    variation_id: ['string', 'Id of the variation.', 'b'],
    variation_name: ['string', 'Its name.', 'Green'],
  },
  events: [
    { name: 'Experiment Viewed', properties: ['experiment_id', 'experiment_name', 'variation_id', 'variation_name'] },
  ],
};

const mail = ['email_id', 'email_subject', 'campaign_id', 'campaign_name'];

export const email: EventGroup = {
  title: 'Email',
  text: 'What became of an email that another tool sent. `context.traits.email`, `context.ip` and `context.userAgent` say more where they are known.',
  properties: {
    email_id: ['string', 'Id of the email.', 'email-1'],
    email_subject: ['string', 'Its subject.', 'Your order'],
    campaign_id: ['string', 'Id of the campaign.', 'campaign-1'],
    campaign_name: ['string', 'Its name.', 'Spring'],
    link_id: ['string', 'Id of the link.', 'link-1'],
    link_url: ['string', 'Its address.', 'https://example.com/sale'],
    list_id: ['string', 'Id of the list.', 'list-1'],
    list_name: ['string', 'Its name.', 'News'],
  },
  events: [
    { name: 'Email Delivered', properties: mail },
    { name: 'Email Opened', properties: mail },
    { name: 'Email Link Clicked', properties: ['email_id', 'link_url', 'link_id', ...mail.slice(1)] },
    { name: 'Email Bounced', properties: mail },
    { name: 'Email Marked as Spam', properties: mail },
    { name: 'Email Unsubscribed', properties: [...mail, 'list_id', 'list_name'] },
  ],
};

const agent = ['conversation_id', 'agent_id', 'agent_name', 'agent_username'];

export const liveChat: EventGroup = {
  title: 'Live chat',
  text: 'Conversations with people of your support.',
  properties: {
    conversation_id: ['string', 'Id of the conversation.', 'chat-1'],
    agent_id: ['string', 'Id of the agent.', 'agent-1'],
    agent_name: ['string', 'Name of the agent.', 'Dee'],
    agent_username: ['string', 'User name of the agent.', 'dee'],
    conversation_duration: ['integer', 'Seconds it took.', 240],
    message_id: ['string', 'Id of the message.', 'message-1'],
    message_body: ['string', 'Text of the message.', 'Hello'],
  },
  events: [
    { name: 'Live Chat Conversation Started', properties: agent },
    {
      name: 'Live Chat Conversation Ended',
      properties: ['conversation_id', 'conversation_duration', ...agent.slice(1)],
    },
    {
      name: 'Live Chat Message Sent',
      properties: ['conversation_id', 'message_id', 'message_body', ...agent.slice(1)],
    },
    {
      name: 'Live Chat Message Received',
      properties: ['conversation_id', 'message_id', 'message_body', ...agent.slice(1)],
    },
  ],
};
