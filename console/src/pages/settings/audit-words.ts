// Audit entries in words. Pure.

/** `key.reveal` as "Key: reveal", `destination.test-event` as "Destination: test event". */
export function actionWords(action: string): string {
  const [subject = '', ...rest] = action.split('.');
  const what = rest.join(' ').replaceAll('-', ' ');
  const name = subject.slice(0, 1).toUpperCase() + subject.slice(1).replaceAll('-', ' ');
  return what === '' ? name : `${name}: ${what}`;
}

const longest = 160;

/** The detail as lines of `name: value`; deeper values as JSON, long ones cut. */
export function detailLines(detail: unknown): readonly string[] {
  if (detail === null || detail === undefined) return [];
  if (typeof detail !== 'object') return [shown(detail)];
  return Object.entries(detail).map(([name, value]) => `${name}: ${shown(value)}`);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
