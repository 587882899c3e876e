// What every event for Google Analytics 4 carries, whatever it is about.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { optionalObject, optionalText, optionalTime } from '../payload-fields.ts';

export const commonFields = z.object({
  client_id: optionalText.meta({ title: 'Client ID', description: 'Which browser; web streams need it.' }),
  app_instance_id: optionalText.meta({ title: 'App instance ID', description: 'Which installed app; apps need it.' }),
  user_id: optionalText.meta({ title: 'User ID', description: 'Who, when they are signed in.' }),
  timestamp: optionalTime.meta({ title: 'Time', description: 'When it happened, up to 72 hours ago.' }),
  session_id: optionalText.meta({ title: 'Session ID', description: 'The session that the event belongs to.' }),
  engagement_time_msec: z
    .number()
    .nullish()
    .transform((value) => value ?? 1)
    .meta({ title: 'Engagement time', description: 'Ms since the event before; 1 makes the user count as active.' }),
  user_properties: optionalObject.meta({
    title: 'User properties',
    description: 'Up to 25 plain values. Google forbids what identifies a person, such as an email address.',
  }),
  consent: optionalObject.meta({
    title: 'Consent',
    description: 'ad_user_data and ad_personalization, each GRANTED or DENIED.',
  }),
  ip_override: optionalText.meta({ title: 'IP address', description: 'For the place; not sent unless mapped.' }),
});

export interface CommonPayload {
  readonly client_id?: string | undefined;
  readonly app_instance_id?: string | undefined;
  readonly user_id?: string | undefined;
  /** Ms since 1970. */
  readonly timestamp?: number | undefined;
  readonly session_id?: string | undefined;
  readonly engagement_time_msec: number;
  readonly user_properties: JsonObject;
  readonly consent: JsonObject;
  readonly ip_override?: string | undefined;
}

export const commonMapping: JsonObject = {
  client_id: 'coalesce($.integrations.Google Analytics 4.clientId, $.anonymousId, $.userId)',
  app_instance_id: '$.integrations.Google Analytics 4.appInstanceId',
  user_id: '$.userId',
  timestamp: '$.timestamp',
  session_id: '$.integrations.Google Analytics 4.sessionId',
};
