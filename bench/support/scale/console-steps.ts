// What a user does in the console of a large workspace: each step goes to its page, then acts, and says when what it
// asked for is there.
import type { Page } from 'playwright-core';
import { emailOf, userIdOf } from './shop-traffic.ts';

export interface StepTarget {
  /** Somebody with a few dozen events, another one each round, by index. */
  readonly person: number;
  /** One of the busiest. */
  readonly heavyPerson: number;
  /** Of an event somewhere in the log. */
  readonly messageId: string;
  /** Local time somewhere in the stretch of the log, as an input takes it. */
  readonly time: string;
}

export interface Step {
  readonly name: string;
  /** Whether the 300 ms is about this one: lists, search by identifier, profiles. */
  readonly asked: boolean;
  /** Where it begins, and what is there when it can. */
  readonly at: (target: StepTarget) => readonly [address: string, shown: string];
  readonly act: (page: Page, target: StepTarget) => Promise<void>;
  /** In the page; see page-watch.ts. */
  readonly shown: (target: StepTarget) => string;
}

const rows = (table: string): string => `document.querySelectorAll('table[aria-label="${table}"] tbody tr')`;
const items = (list: string): string => `document.querySelectorAll('ul[aria-label="${list}"] > li')`;
const says = (text: string): string => `document.querySelector('main')?.textContent.includes(${JSON.stringify(text)})`;
const heading = 'document.querySelector("h1")';

const peopleList = ['/people', `${rows('People')}.length >= 50`] as const;
const eventList = ['/events', `${items('Events')}.length >= 50`] as const;
const follow = (label: string) => (page: Page) =>
  page.getByRole('navigation').getByText(label, { exact: true }).click();
const showMore = (page: Page) => page.getByRole('button', { name: /Show more|Search further/ }).click();
const fill = (label: string, text: (target: StepTarget) => string) => (page: Page, target: StepTarget) =>
  page.getByLabel(label, { exact: true }).fill(text(target));
const profileShown = `${rows('Attributes')}.length >= 4`;

const searchAttribute =
  (value: (target: StepTarget) => string, attribute: string) => async (page: Page, target: StepTarget) => {
    await page.getByText('By attribute').click();
    await page.getByLabel('Attribute', { exact: true }).fill(attribute);
    await page.getByLabel('Value (empty: any)').fill(value(target));
    await page.getByRole('button', { name: 'Search' }).click();
  };

const profile = (name: string, of: (target: StepTarget) => number): readonly Step[] => {
  const address = (target: StepTarget): string => `/people/${userIdOf(of(target))}`;
  const tab = (label: string) => (page: Page) => page.getByRole('tab', { name: label }).click();
  return [
    {
      name: `profile of ${name}`,
      asked: true,
      at: (target) => [`/people?query=${userIdOf(of(target))}`, says('exact')],
      act: async (page, target) =>
        page
          .getByRole('link', { name: emailOf(of(target)) })
          .first()
          .click(),
      shown: () => profileShown,
    },
    {
      name: `profile of ${name}, which event set each attribute`,
      asked: false,
      at: (target) => [`/people?query=${userIdOf(of(target))}`, says('exact')],
      act: async (page, target) =>
        page
          .getByRole('link', { name: emailOf(of(target)) })
          .first()
          .click(),
      shown: () => `${profileShown} && answered('/origins')`,
    },
    {
      name: `timeline of ${name}`,
      asked: true,
      at: (target) => [address(target), profileShown],
      act: tab('Timeline'),
      shown: () => `${items('Timeline')}.length > 0`,
    },
    {
      name: `message metrics of ${name}`,
      asked: true,
      at: (target) => [address(target), profileShown],
      act: tab('Messages'),
      shown: () =>
        `answered('/delivery-metrics') && (${rows('Message metrics')}.length > 0 || ${says('No message metrics')} || ${says('Looked at')})`,
    },
  ];
};

export const steps: readonly Step[] = [
  {
    name: 'people, the list',
    asked: true,
    at: () => ['/sources', heading],
    act: follow('People'),
    shown: () => `${rows('People')}.length >= 50`,
  },
  {
    name: 'people, the next page',
    asked: true,
    at: () => peopleList,
    act: showMore,
    shown: () => `${rows('People')}.length >= 100`,
  },
  {
    name: 'people by id',
    asked: true,
    at: () => peopleList,
    act: fill('Find a person', ({ person }) => userIdOf(person)),
    shown: ({ person }) => `${says('exact')} && ${rows('People')}.length === 1 && ${says(userIdOf(person))}`,
  },
  {
    name: 'people by email address',
    asked: true,
    at: () => peopleList,
    act: fill('Find a person', ({ person }) => emailOf(person)),
    shown: ({ person }) => `${says('exact')} && ${rows('People')}.length === 1 && ${says(userIdOf(person))}`,
  },
  {
    name: 'people by the beginning of an id',
    asked: true,
    at: () => peopleList,
    act: fill('Find a person', ({ person }) => userIdOf(person).slice(0, -2)),
    shown: ({ person }) =>
      `${rows('People')}.length > 1 && [...${rows('People')}].every((row) => row.textContent.includes('${userIdOf(person).slice(0, -2)}'))`,
  },
  {
    name: 'people by a common attribute',
    asked: false,
    at: () => peopleList,
    act: searchAttribute(() => 'truro', 'city'),
    shown: () => `answered('attribute=city') && ${rows('People')}.length > 0`,
  },
  {
    name: 'people by a number that few have',
    asked: false,
    at: () => peopleList,
    act: searchAttribute(({ person }) => String(person % 900), 'shop_number'),
    shown: () => `answered('attribute=shop_number')`,
  },
  {
    name: 'people by an attribute of one, first stretch',
    asked: false,
    at: () => peopleList,
    act: searchAttribute(({ person }) => emailOf(person), 'email'),
    shown: () => `answered('attribute=email')`,
  },
  ...profile('an ordinary person', ({ person }) => person),
  ...profile('one of the busiest', ({ heavyPerson }) => heavyPerson),
  {
    name: 'timeline of one of the busiest, the next page',
    asked: true,
    at: ({ heavyPerson }) => [`/people/${userIdOf(heavyPerson)}?tab=timeline`, `${items('Timeline')}.length >= 50`],
    act: showMore,
    shown: () => `${items('Timeline')}.length >= 100`,
  },
  {
    name: 'objects, the list',
    asked: true,
    at: () => ['/objects', `${rows('Object types')}.length > 0`],
    act: (page) => page.getByRole('table', { name: 'Object types' }).getByRole('link').first().click(),
    shown: () => `document.querySelectorAll('table[aria-label^="Objects:"] tbody tr').length >= 50`,
  },
  {
    name: 'objects, the next page',
    asked: true,
    at: () => ['/objects/1', `document.querySelectorAll('table[aria-label^="Objects:"] tbody tr').length >= 50`],
    act: showMore,
    shown: () => `document.querySelectorAll('table[aria-label^="Objects:"] tbody tr').length >= 100`,
  },
  {
    name: 'an object with a thousand people',
    asked: true,
    at: () => ['/objects/2', `document.querySelectorAll('table[aria-label^="Objects:"] tbody tr').length >= 50`],
    act: (page) => page.getByRole('table').getByRole('link').first().click(),
    shown: () => `${rows('Related people')}.length > 0`,
  },
  {
    name: 'events, the latest',
    asked: true,
    at: () => ['/sources', heading],
    act: follow('Events'),
    shown: () => `${items('Events')}.length >= 50`,
  },
  {
    name: 'events, the next page',
    asked: true,
    at: () => eventList,
    act: showMore,
    shown: () => `${items('Events')}.length >= 100`,
  },
  {
    name: 'events by type',
    asked: false,
    at: () => eventList,
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Type' }).click();
      await page.getByRole('option', { name: 'group' }).click();
    },
    shown: () => `answered('type=group') && ${items('Events')}.length > 0`,
  },
  {
    name: 'events by a common name',
    asked: false,
    at: () => eventList,
    act: fill('Event or page name', () => 'Order Completed'),
    shown: () => `answered('name=Order') && ${items('Events')}.length > 0`,
  },
  {
    name: 'events by a rare name, first stretch',
    asked: false,
    at: () => eventList,
    act: fill('Event or page name', () => 'Address Disputed'),
    shown: () => `answered('name=Address')`,
  },
  {
    name: 'events by user id, first stretch',
    asked: false,
    at: () => eventList,
    act: fill('User or anonymous id', ({ person }) => userIdOf(person)),
    shown: () => `answered('user=u-')`,
  },
  {
    name: 'events by time of receipt',
    asked: false,
    at: () => eventList,
    act: fill('Received before', ({ time }) => time),
    shown: () => `answered('to=') && ${items('Events')}.length >= 50`,
  },
  {
    name: 'explain an event by its messageId',
    asked: false,
    at: () => eventList,
    act: async (page, { messageId }) => {
      await page.getByLabel('Explain a messageId').fill(messageId);
      await page.getByRole('button', { name: 'Where did it go?' }).click();
    },
    shown: ({ messageId }) => `${says(messageId)} && ${says('Refresh')} && !${says('Where did it go?')}`,
  },
  {
    name: 'the overview',
    asked: false,
    at: () => ['/sources', heading],
    act: follow('Overview'),
    shown: () => `answered('/api/v1/overview') && answered('/api/v1/status') && ${says('Rejected')}`,
  },
  {
    name: 'the overview of 30 days',
    asked: false,
    at: () => ['/', says('Rejected')],
    act: (page) => page.getByText('30 days', { exact: true }).click(),
    shown: () => `answered('/api/v1/overview')`,
  },
  {
    name: 'the ledger of all time',
    asked: false,
    at: () => ['/sources', heading],
    act: follow('Ledger'),
    shown: () => `${rows('Ledger')}.length > 0`,
  },
  {
    name: 'the ledger of a week',
    asked: false,
    at: () => ['/ledger', `${rows('Ledger')}.length > 0`],
    act: (page) => page.getByText('Last week', { exact: true }).click(),
    shown: () => `answered('/api/v1/ledger?') && (${rows('Ledger')}.length > 0 || ${says('Nothing was received')})`,
  },
  {
    name: 'the events behind a sum',
    asked: false,
    at: () => ['/ledger', `${rows('Ledger')}.length > 0`],
    act: (page) => page.getByRole('table', { name: 'Ledger' }).getByRole('button').first().click(),
    shown: () => `${items('Delivered events')}.length > 0`,
  },
];
