// Which part of a source's page is shown; it stands in the address, so that it can be linked to and survives a reload.

export const sourceTabs = ['connect', 'data', 'rejections', 'keys', 'settings'] as const;
type SourceTab = (typeof sourceTabs)[number];

export interface SourceSearch {
  readonly tab?: SourceTab;
}

export function parseSourceSearch(search: Readonly<Record<string, unknown>>): SourceSearch {
  const tab = sourceTabs.find((one) => one === search['tab']);
  return tab === undefined ? {} : { tab };
}
