// All groups, in the order in which pages and Postman list them.
import { apps } from './apps.ts';
import { business } from './business.ts';
import { commerce } from './commerce.ts';
import type { EventGroup } from './event-group.ts';
import { email, experiments, liveChat } from './messaging.ts';
import { video } from './video.ts';

export const eventGroups: readonly EventGroup[] = [commerce, apps, email, experiments, liveChat, video, business];
