import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

describe('the description of the control API', () => {
  let server: ControlServer;
  let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: unknown };
  beforeAll(async () => {
    server = await startControlServer();
    document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as typeof document;
  });
  afterAll(() => server.close());

  const operations = (): [string, string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
    );

  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('has all paths that scripts rely on', () => {
    const paths = Object.keys(document.paths);
    for (const path of [
      'sources',
      'sources/{id}',
      'sources/{id}/keys',
      'sources/{id}/test',
      'sources/{id}/rejections',
      'destinations',
      'destinations/{id}',
      'destinations/{id}/actions',
      'destinations/{id}/test',
      'destinations/{id}/dead-letters',
      'catalog',
      'people',
      'people/{identifier}',
      'people/{identifier}/events',
      'objects/{typeId}',
      'objects/{typeId}/{objectId}',
      'suppressions',
      'events',
      'events/{messageId}',
      'ledger',
      'status',
    ])
      expect(paths).toContain(`/api/v1/${path}`);
  });

  it('gives every operation a name of its own, words, a tag, its path parameters and its errors', () => {
    const names = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const [path, method, operation] of operations()) {
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
      expect([path, method, declared]).toEqual([path, method, inPath]);
      expect([path, method, Boolean(operation.summary), operation.tags?.length]).toEqual([path, method, true, 1]);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
    }
  });

  it('points every reference at something', () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components).toHaveProperty(['schemas', name!]);
  });

  it('is rendered as a page that needs nothing from elsewhere and runs no script', async () => {
    for (const path of ['/docs/control', '/docs/control/']) {
      const page = await fetch(server.url + path);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
      const policy = page.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      const html = await page.text();
      for (const [, , { operationId }] of operations()) expect(html).toContain(`id="${operationId}"`);
      expect(html).not.toMatch(/<script|style=|(src|href)="https?:/);
    }
    const style = await fetch(`${server.url}/docs/control/reference.css`);
    expect(style.headers.get('content-type')).toContain('text/css');
  });
});
