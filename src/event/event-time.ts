// Times of a call: reading what clients send, and deciding when the event happened.
//
// Read are ISO 8601 dates and date-times with up to nine fraction digits (cut to milliseconds) and `Z`, an offset or
// nothing (UTC), and numbers since 1970: from 10^11 milliseconds, below that seconds. Rules: Pipelines API facts, section 13.

/** Earliest and latest time that ISO text with a four-digit year can hold. */
const minTime = -62_167_219_200_000;
const maxTime = 253_402_300_799_999;
/** From this number on, bare numbers are milliseconds. */
const millisecondsFrom = 1e11;
/** An event may lie this far in the future before its time is taken for an error. */
const futureToleranceMs = 24 * 60 * 60 * 1000;

/** Libraries that renew `sentAt` on each attempt, so that `receivedAt - sentAt` is the error of their clock. */
const renewsSentAt: ReadonlySet<unknown> = new Set([
  'analytics.js',
  '@segment/analytics-node',
  'analytics-python',
  'analytics-go',
  'cdp-analytics-go',
  'analytics-ruby',
]);

/** Whose clock a call carries: decides whether `sentAt` may correct it. */
export interface Sender {
  /** `context.library.name`. */
  readonly library: unknown;
  /** Whether the call comes from a mobile, whose `sentAt` is when its batch file was closed, not when it was sent. */
  readonly mobile: boolean;
}

/** Milliseconds since 1970, or NaN when the value cannot be read as a time. */
export function parseTime(value: unknown): number {
  if (typeof value === 'string') {
    const ms = parseCanonicalIso(value);
    return Number.isNaN(ms) ? parseOtherText(value) : ms;
  }
  return typeof value === 'number' ? fromNumber(value) : Number.NaN;
}

/**
 * The event time. `claimed` and `sentAt` are what the client says (NaN when it says nothing readable), all in ms.
 * Without a claim it is the time of receipt; the caller notes when that replaces a time too far in the future.
 */
export function eventTime(
  claimed: number,
  sentAt: number,
  receivedAt: number,
  sender: Sender,
): { readonly at: number; readonly tooFarAhead: boolean } {
  if (Number.isNaN(claimed)) return { at: receivedAt, tooFarAhead: false };
  const clockIsKnown = renewsSentAt.has(sender.library) || (!sender.mobile && sentAt > receivedAt);
  const at = clockIsKnown && !Number.isNaN(sentAt) ? receivedAt - (sentAt - claimed) : claimed;
  const tooFarAhead = at > receivedAt + futureToleranceMs;
  return { at: tooFarAhead ? receivedAt : Math.max(at, minTime), tooFarAhead };
}

/** ISO 8601 text with milliseconds in UTC. */
export const toIsoTime = (ms: number): string => new Date(ms).toISOString();

/** Whether the text, already read as a time, is what {@link toIsoTime} would write for it. */
export const isCanonicalIso = (text: string): boolean => hasCanonicalShape(text) && text.charCodeAt(17) !== 54;

/** Punctuation of `YYYY-MM-DDTHH:mm:ss.sssZ`. */
function hasCanonicalShape(text: string): boolean {
  return (
    text.length === 24 &&
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58 &&
    text.charCodeAt(19) === 46 &&
    text.charCodeAt(23) === 90
  );
}

/** Read digit by digit: nearly every client sends this form, and a pattern costs ten times as much. */
function parseCanonicalIso(text: string): number {
  if (!hasCanonicalShape(text)) return Number.NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  return fromParts(year, month, day, hour, minute, second, digits(text, 20, 3));
}

/** The number in `length` digits from `start`, NaN when one of them is no digit. */
function digits(text: string, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{0,9}))?)? ?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?)?$/;
/** Numbers sent as text; shorter ones would be dates such as 20261123 misread as seconds. */
const numberPattern = /^\d{9,15}(?:\.\d{1,9})?$/;

function parseOtherText(text: string): number {
  // No readable time is longer; patterns need not look at whole paragraphs.
  if (text.length > 40) return Number.NaN;
  const trimmed = text.trim();
  if (numberPattern.test(trimmed)) return fromNumber(Number(trimmed));
  const match = isoPattern.exec(trimmed);
  if (!match) return Number.NaN;
  const [
    ,
    year,
    month,
    day,
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    sign,
    offsetHours = '0',
    offsetMinutes = '0',
  ] = match;
  const milli = Number(fraction.padEnd(3, '0').slice(0, 3));
  const ms = fromParts(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), milli);
  const [aheadHours, aheadMinutes] = [Number(offsetHours), Number(offsetMinutes)];
  if (aheadHours > 23 || aheadMinutes > 59) return Number.NaN;
  const ahead = (aheadHours * 60 + aheadMinutes) * 60_000;
  return withinRange(sign === '-' ? ms + ahead : ms - ahead);
}

/** NaN when a part is out of its range. Second 60, a leap second, is the next minute's first. */
function fromParts(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  milli: number,
): number {
  // Written so that NaN in any part fails the comparison.
  const valid =
    year >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60 &&
    milli <= 999;
  if (!valid) return Number.NaN;
  return daysSince1970(year, month, day) * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + milli;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days of the proleptic Gregorian calendar: years begin in March, so that the leap day is a year's last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const monthFromMarch = month <= 2 ? month + 9 : month - 3;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

function fromNumber(value: number): number {
  return withinRange(Math.floor(Math.abs(value) >= millisecondsFrom ? value : value * 1000));
}

const withinRange = (ms: number): number => (ms >= minTime && ms <= maxTime ? ms : Number.NaN);
