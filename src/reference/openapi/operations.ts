// The calls in the order of the reference.
import { alias } from './calls/alias.ts';
import { batch } from './calls/batch.ts';
import { group } from './calls/group.ts';
import { identify } from './calls/identify.ts';
import { page } from './calls/page.ts';
import { screen } from './calls/screen.ts';
import { track } from './calls/track.ts';
import type { CallOperation } from './operation.ts';

export const operations: readonly CallOperation[] = [identify, track, page, screen, group, alias, batch];
