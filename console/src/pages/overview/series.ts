// What a chart shows: named values over time.

export interface Series {
  readonly name: string;
  /** One per step; null where there is nothing to say. */
  readonly values: readonly (number | null)[];
  /** Over the whole stretch, in words. */
  readonly note: string;
  /** Its colour, by place in the palette; the same one in every chart of the same things. */
  readonly color: number;
}

export interface TimeFrame {
  /** Start of the first step in ms, and how long each is. */
  readonly from: number;
  readonly stepMs: number;
  readonly steps: number;
}

/** How many series can be told apart by their colour; what is more is shown as one. */
export const mostSeries = 8;

export const seriesColor = (place: number): string => `var(--leat-series-${place})`;
