// docs/routing.md: every trigger and mapping of its tables does what the page says.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import type { Json } from '../../src/lib/json.ts';
import { compileTrigger } from '../../src/routing/fql/compile-trigger.ts';
import { parseTrigger } from '../../src/routing/fql/parse-trigger.ts';
import { textTests, transformFunctions } from '../../src/routing/fql/trigger.ts';
import { compileMapping } from '../../src/routing/mapping/compile-mapping.ts';
import { directives } from '../../src/routing/mapping/directives.ts';
import { repositoryRoot } from '../support/server.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs', 'routing.md'), 'utf8');
const event = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as CanonicalEvent;
const triggers = [...page.matchAll(/^\| `(.+?)` +\| (yes|no) /gm)].map(([, trigger, holds]) => [trigger!, holds!]);
const mappings = [...page.matchAll(/^\| `(.+?)` +\| `(.+?)` +\|$/gm)].map(([, mapping, gives]) => [mapping!, gives!]);

describe('the page about triggers and mappings', () => {
  it.each(triggers)('says of %s: %s', (trigger, holds) => {
    expect(compileTrigger(parseTrigger(trigger))(event) ? 'yes' : 'no').toBe(holds);
  });

  it.each(mappings)('says that %s gives %s', (mapping, gives) => {
    expect(compileMapping(JSON.parse(mapping) as Json)(event)).toEqual(JSON.parse(gives));
  });

  it('has every function and every directive', () => {
    for (const name of [...textTests, 'exists', ...transformFunctions])
      expect(page).toMatch(new RegExp(`\\b${name}\\b`));
    for (const name of directives.keys()) expect(mappings.map(([mapping]) => mapping).join(' ')).toContain(`"${name}"`);
    expect(triggers.length).toBeGreaterThan(25);
  });
});
