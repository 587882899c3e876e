// What people do, as a Customer.io destination sends it: events, page and screen views.
import { z } from 'zod';
import { effectOnlyEvents, semanticAliases } from '../../event/semantic-events.ts';
import { optionalObject, optionalText, requiredText } from '../payload-fields.ts';
import { personIdentifiers } from './identifiers.ts';
import { defined, operationAction } from './operation-action.ts';
import { anonymousId, needsPerson, needsPersonError, personId, timestamp } from './operation-fields.ts';
import { unixSeconds, withUnixTimes } from './unix-times.ts';

/** Track calls that have an action of their own and do not land as events (Pipelines API facts, sections 9 and 13). */
const effectOnly = [...effectOnlyEvents, ...semanticAliases.keys()];
/** Without a person there is nothing to attach an event to. */
const aboutSomeone = '(exists(userId) or exists(anonymousId))';

const activityFields = z
  .object({
    id: personId,
    anonymous_id: anonymousId,
    name: requiredText.meta({ title: 'Name', description: 'What the event is called in Customer.io.' }),
    event_id: optionalText.meta({ title: 'Event ID', description: 'Events with the same id count once.' }),
    timestamp,
    data: optionalObject.meta({ title: 'Data', description: 'What messages and conditions can refer to.' }),
  })
  .refine(needsPerson, needsPersonError);

const activity = (
  slug: string,
  name: string,
  action: 'event' | 'page' | 'screen',
  description: string,
  defaultTrigger: string,
  nameMapping: string,
) =>
  operationAction({
    slug,
    name,
    description,
    fields: activityFields,
    defaultTrigger,
    defaultMapping: {
      id: '$.userId',
      anonymous_id: '$.anonymousId',
      name: nameMapping,
      event_id: '$.messageId',
      timestamp: '$.timestamp',
      data: '$.properties',
    },
    operation: (payload, { convertTimestamps }) =>
      defined({
        type: 'person',
        action,
        identifiers: personIdentifiers({ id: payload.id, anonymousId: payload.anonymous_id }),
        name: payload.name,
        id: payload.event_id,
        timestamp: payload.timestamp === undefined ? undefined : unixSeconds(payload.timestamp),
        attributes: convertTimestamps ? withUnixTimes(payload.data) : payload.data,
      }),
  });

export const activityActions = [
  activity(
    'track_event',
    'Track event',
    'event',
    'Adds an event to a person, known or anonymous.',
    `type = "track" and !(event in ${JSON.stringify(effectOnly)}) and ${aboutSomeone}`,
    '$.event',
  ),
  activity(
    'track_page',
    'Track page view',
    'page',
    'Adds a page view, which Customer.io knows by its address.',
    'type = "page"',
    'coalesce($.properties.url, $.context.page.url, $.name)',
  ),
  activity('track_screen', 'Track screen view', 'screen', 'Adds a screen view.', 'type = "screen"', '$.name'),
];
