// Actions that write timelines: custom events, pages, screens, geofence transitions.
import { z } from 'zod';
import { effectOnlyEvents, semanticAliases } from '../../event/semantic-events.ts';
import type { Json } from '../../lib/json.ts';
import { unusable } from '../commands.ts';
import type { RecordActivity } from '../commands.ts';
import { parsePersonRef, parseText } from '../identifiers.ts';
import { eventNamed, coalesce, objectField, objectOf, path, textField, timeField, timeOf } from './workspace-action.ts';
import type { WorkspaceAction } from './workspace-action.ts';

const geofenceTransition = 'Geofence Transition';

/** Have an action of their own that decides whether they land as events. */
const notCustomEvents: readonly string[] = [...effectOnlyEvents, ...semanticAliases.keys(), geofenceTransition];

const fields = {
  id: textField('Person', 'Id, email address or cio_ id of the person.'),
  anonymous_id: textField('Anonymous id', 'Whose doing it is when there is no person.'),
  name: textField('Name', 'What the timeline calls it.'),
  data: objectField('Data', 'Whatever else is known about it.'),
  timestamp: timeField,
};

const ownFields = {
  id: path('$.userId'),
  anonymous_id: path('$.anonymousId'),
  data: path('$.properties'),
  timestamp: path('$.timestamp'),
};

function activityAction(
  type: RecordActivity['type'],
  own: Pick<WorkspaceAction, 'slug' | 'name' | 'description' | 'defaultTrigger'>,
  nameMapping: Json,
): WorkspaceAction {
  return {
    ...own,
    fields: z.object(fields),
    defaultMapping: { ...ownFields, name: nameMapping },
    toCommand(payload, moment) {
      // A page or screen need not have a name; an event is nothing without one.
      const name = parseText(payload['name']) ?? (type === 'track' ? null : type);
      if (name === null) return unusable('invalid', 'the event has no name');
      return {
        kind: 'record_activity',
        person: parsePersonRef(payload['id']),
        anonymousId: parseText(payload['anonymous_id']),
        type,
        name,
        properties: objectOf(payload['data']),
        at: timeOf(payload['timestamp'], moment),
      };
    },
  };
}

const reportTransition: WorkspaceAction = {
  slug: 'report_geofence_transition',
  name: 'Report Geofence Transition',
  description: 'Records that a person entered or left a geofence, once however often the device reports it.',
  fields: z.object({
    ...fields,
    transition_id: textField('Transition id', 'By which, with the geoset id, a repeated report is recognised.'),
    geoset_id: textField('Geoset id', 'The set of geofences it belongs to.'),
  }),
  defaultTrigger: eventNamed(geofenceTransition),
  defaultMapping: {
    ...ownFields,
    name: path('$.event'),
    transition_id: path('$.properties.transitionId'),
    geoset_id: path('$.properties.geosetId'),
  },
  toCommand(payload, moment) {
    return {
      kind: 'report_transition',
      person: parsePersonRef(payload['id']),
      anonymousId: parseText(payload['anonymous_id']),
      name: parseText(payload['name']) ?? geofenceTransition,
      transitionId: parseText(payload['transition_id']),
      geosetId: parseText(payload['geoset_id']),
      properties: objectOf(payload['data']),
      at: timeOf(payload['timestamp'], moment),
    };
  },
};

export const activityActions: readonly WorkspaceAction[] = [
  activityAction(
    'track',
    {
      slug: 'track_event',
      name: 'Track Event',
      description: 'Records something a person or an anonymous visitor did.',
      defaultTrigger: `type = "track" and ${notCustomEvents.map((name) => `event != "${name}"`).join(' and ')}`,
    },
    path('$.event'),
  ),
  activityAction(
    'page',
    {
      slug: 'track_page_view',
      name: 'Track Page View',
      description: 'Records that a page was seen; it is named by its address.',
      defaultTrigger: 'type = "page"',
    },
    coalesce('$.properties.url', '$.context.page.url', '$.name'),
  ),
  activityAction(
    'screen',
    {
      slug: 'track_screen_view',
      name: 'Track Screen View',
      description: 'Records that a screen of an app was seen.',
      defaultTrigger: 'type = "screen"',
    },
    coalesce('$.name', '$.properties.name'),
  ),
  reportTransition,
];
