// What a demo amounts to, asked of the server itself; also how it is told that everything has been delivered.
import type { Control } from './demo-workspace.ts';

export interface DemoSummary {
  readonly people: number;
  readonly objects: number;
  readonly accepted: number;
  readonly rejections: number;
  readonly deadLetters: number;
  /** Events that wait to be delivered, over all destinations. */
  readonly pending: number;
  readonly balanced: boolean;
}

interface Ledger {
  readonly items: readonly { readonly pending: number; readonly failed: number }[];
  readonly balanced: boolean;
}
interface Sources {
  readonly items: readonly { readonly activity: { readonly accepted: number; readonly rejected: number } }[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export async function summarise(control: Control): Promise<DemoSummary> {
  const [ledger, sources, people, types] = await Promise.all([
    control.call<Ledger>('GET', 'ledger'),
    control.call<Sources>('GET', 'sources'),
    countPeople(control),
    control.call<{ readonly items: readonly { readonly objects: number }[] }>('GET', 'objects'),
  ]);
  return {
    people,
    objects: sum(types.items.map(({ objects }) => objects)),
    accepted: sum(sources.items.map(({ activity }) => activity.accepted)),
    rejections: sum(sources.items.map(({ activity }) => activity.rejected)),
    deadLetters: sum(ledger.items.map(({ failed }) => failed)),
    pending: sum(ledger.items.map(({ pending }) => pending)),
    balanced: ledger.balanced,
  };
}

async function countPeople(control: Control): Promise<number> {
  let people = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { readonly items: readonly unknown[]; readonly next: string | null } = await control.call(
      'GET',
      `people?limit=500${query}`,
    );
    people += page.items.length;
    cursor = page.next;
  }
  return people;
}
