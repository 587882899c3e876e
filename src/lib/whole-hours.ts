// Counts are kept by the minute and, added up, by the hour. A question about a long time, in steps of whole hours, takes
// whole hours where it can and minutes at its edges only: sixty times fewer rows.

export const minutesOfHour = 60;

/** Minutes `[from, to)` as minutes `[from, minuteEnd)`, hours `[firstHour, endHour)` and minutes `[minuteStart, to)`. */
export interface WholeHours {
  readonly from: number;
  readonly minuteEnd: number;
  readonly firstHour: number;
  readonly endHour: number;
  readonly minuteStart: number;
  readonly to: number;
}

/** Steps that are not whole hours leave it all to the minutes. */
export function wholeHours(from: number, to: number, stepMinutes: number): WholeHours {
  const whole = stepMinutes % minutesOfHour === 0;
  const firstHour = Math.ceil(from / minutesOfHour);
  const endHour = Math.floor(to / minutesOfHour);
  if (!whole || firstHour >= endHour) return { from, minuteEnd: to, firstHour: 0, endHour: 0, minuteStart: to, to };
  return { from, minuteEnd: firstHour * minutesOfHour, firstHour, endHour, minuteStart: endHour * minutesOfHour, to };
}

/** The same as a subquery over a table by minutes and its sums by hours, with the fields as its named parameters. */
export const countsOfTime = (columns: string, minutes: string, hours: string): string => `(
  SELECT minute, ${columns} FROM ${minutes} WHERE minute >= :from AND minute < :minuteEnd
  UNION ALL SELECT hour * ${minutesOfHour}, ${columns} FROM ${hours} WHERE hour >= :firstHour AND hour < :endHour
  UNION ALL SELECT minute, ${columns} FROM ${minutes} WHERE minute >= :minuteStart AND minute < :to)`;
