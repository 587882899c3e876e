// A user copies the script tag that the console shows into a page of a website, and the visit arrives.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserSnippet } from '../../src/reference/site/browser-snippet.ts';
import { describeInChromium } from '../support/chromium.ts';
import { openPageServer } from '../support/page-server.ts';
import { waitFor } from '../support/wait-for.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

interface Listed {
  readonly items: readonly { readonly event: { readonly type: string; readonly event?: string } }[];
}

describeInChromium('a user puts the snippet into a website', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
  });
  afterAll(() => bed?.dispose());

  for (const family of ['customerio', 'segment'])
    it(`copies it as it stands, with the real key and host, and sees the visit (${family})`, async () => {
      const { page, url, server } = bed;
      const source = await server.control.createSource({ name: `Shop ${family}`, kind: 'javascript', family });
      await page.goto(`${url}/sources/${source.id}?tab=connect`);
      const code = await page.getByRole('region', { name: 'JavaScript example', exact: true }).innerText();
      expect(code).toContain(url);
      expect(code).toContain(source.key);
      // The reference at /docs has one of its own, for readers without a console: both load the client alike.
      if (family === 'customerio')
        expect(code).toContain(browserSnippet(url, source.key).replace('</script>', '').trimEnd());
      const website = await openPageServer({ '/shop': `<!doctype html><title>Shop</title><head>${code}</head>` });
      const visit = await bed.context.newPage();
      const hosts = new Set<string>();
      visit.on('request', (request) => hosts.add(new URL(request.url()).host));
      await visit.goto(`${website.url}/shop`);
      const stored = await waitFor('the visit', async () => {
        const { items } = await server.control.get<Listed>(`events?source=${source.id}`);
        return items.length >= 3 && items.map(({ event }) => event.event ?? event.type).toSorted();
      });
      expect(stored).toEqual(['Course Started', 'identify', 'page']);
      expect([...hosts].toSorted()).toEqual([new URL(website.url).host, new URL(url).host].toSorted());
      await visit.close();
      await website.close();
    });

  it('finds the npm package and curl beside it', async () => {
    const { page } = bed;
    await page.getByRole('tab', { name: 'JavaScript (npm)' }).click();
    await page.getByText('npm install @segment/analytics-next').waitFor();
    await page.getByRole('tab', { name: 'curl' }).click();
    await page.getByText('--user').waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    expect(bed.faults()).toEqual([]);
  });
});
