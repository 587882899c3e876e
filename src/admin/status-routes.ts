// Status over HTTP, and who the caller is.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { time } from './api-schema.ts';
import { lastTestField } from './destination-test-answer.ts';
import { paceAnswer } from './pace-answer.ts';
import { readStatus } from './status.ts';

const statusAnswer = z
  .object({
    version: z.string(),
    region: z.enum(['us', 'eu']),
    startedAt: time,
    uptimeMs: z.number(),
    configVersion: z.int(),
    regionHosts: z
      .record(z.string(), z.string())
      .meta({ description: 'Public host of each region that has one, as LEAT_REGION_HOSTS names them.' }),
    publicUrl: z.string().nullable().meta({ description: 'LEAT_PUBLIC_URL; null when the Host of a request counts.' }),
    retention: z.object({
      days: z.int().meta({ description: 'How long the log keeps events that every reader has passed.' }),
      bytes: z.number().meta({ description: 'Size of the log past which the oldest events go, finished or not.' }),
      disabledHoldDays: z.int().meta({ description: 'How long a disabled destination holds the log for its return.' }),
    }),
    privateDestinations: z.boolean().meta({
      description: 'LEAT_PRIVATE_DESTINATIONS: whether destinations may point at private or loopback addresses.',
    }),
    memoryBytes: z.int().meta({ description: 'Resident memory of the process.' }),
    disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
    log: z.object({
      engine: z.string(),
      partitions: z.array(z.object({ partition: z.int(), start: z.int(), end: z.int() })),
      segments: z.int(),
      bytes: z.number(),
      queued: z.int().meta({ description: 'Entries waiting for their commit.' }),
      dedup: z.object({
        windowMs: z.number(),
        since: time.meta({ description: 'What the window covers at present.' }),
        ids: z.int(),
        memoryBytes: z.int(),
        bounded: z.boolean().meta({ description: 'Whether memory, not the window, bounds it.' }),
      }),
      unavailable: z.string().nullable().meta({ description: 'Why nothing can be stored at present.' }),
      warning: z.string().nullable().meta({ description: 'What is wrong while storing still works.' }),
    }),
    workspace: z.object({
      lag: z.int().meta({ description: 'Events not yet applied.' }),
      cursors: z.array(z.object({ partition: z.int(), start: z.int(), offset: z.int() })),
    }),
    destinations: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        enabled: z.boolean(),
        lag: z.int().meta({ description: 'Events not yet reached.' }),
        parked: z.int().meta({ description: 'Events that wait with a copy of their own.' }),
        deadLetters: z.int(),
        breaker: z.enum(['closed', 'open', 'probing']),
        breakerReason: z.string().nullable(),
        nextProbeAt: time.nullable(),
        lastSuccessAt: time.nullable(),
        lastError: z.string().nullable().meta({ description: 'What failed last, also when it works again.' }),
        lastErrorAt: time.nullable(),
        pace: paceAnswer.nullable().meta({ description: 'At this moment; null while it is disabled.' }),
        lastTest: lastTestField,
      }),
    ),
  })
  .meta({ id: 'Status' });

export function registerStatusRoutes(app: AdminApp, deps: AdminDeps): void {
  const startedAt = deps.clock.now();
  const tags = ['Server'];

  app.get(
    '/api/v1/status',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'See how the server is doing',
        operationId: 'getStatus',
        response: { 200: statusAnswer },
      },
    },
    async () => readStatus(deps, startedAt),
  );

  app.get(
    '/api/v1/me',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'See who this token is',
        operationId: 'getCaller',
        response: {
          200: z.object({ name: z.string(), role: z.enum(['owner', 'editor', 'viewer']) }).meta({ id: 'Caller' }),
        },
      },
    },
    async (request) => {
      if (!request.caller) throw new InputError('unauthorized');
      return request.caller;
    },
  );
}
