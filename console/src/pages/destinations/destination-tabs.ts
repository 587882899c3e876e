// The tabs of a destination's page, as they stand in its address.
export const destinationTabs = ['overview', 'actions', 'data-out', 'dead-letters', 'replays', 'settings'] as const;
export type DestinationTab = (typeof destinationTabs)[number];

export interface DestinationSearch {
  readonly tab?: DestinationTab;
  /** Id of the action being edited, or `new`. */
  readonly action?: string;
}

export function parseDestinationSearch(search: Readonly<Record<string, unknown>>): DestinationSearch {
  const tab = destinationTabs.find((known) => known === search['tab']);
  const { action } = search;
  return { ...(tab && { tab }), ...(typeof action === 'string' && { action }) };
}

export interface CatalogueSearch {
  /** Slug of the kind being added. */
  readonly kind?: string;
}

export const parseCatalogueSearch = ({ kind }: Readonly<Record<string, unknown>>): CatalogueSearch =>
  typeof kind === 'string' ? { kind } : {};
