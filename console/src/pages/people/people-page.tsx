// People: found by identifier or attribute, the latest first; and who is suppressed.
import { Tabs } from '@mantine/core';
import { Page } from '../../components/page.tsx';
import { useSearchState } from '../events/search-state.ts';
import { PeopleList } from './people-list.tsx';
import { PeopleSearch } from './people-search.tsx';
import { SuppressionList } from './suppression-list.tsx';

export function PeoplePage() {
  const [search, change] = useSearchState();
  const tab = search['show'] === 'suppressed' ? 'suppressed' : 'people';
  return (
    <Page title="People" description="Everybody the workspace knows, by any of their identifiers.">
      <Tabs
        value={tab}
        onChange={(value) => change({ show: value === 'suppressed' ? value : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="suppressed">Suppressed</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          <PeopleSearch search={search} onSearch={change} />
          <PeopleList
            query={search['query'] ?? ''}
            attribute={search['attribute'] ?? ''}
            value={search['value'] ?? ''}
          />
        </Tabs.Panel>
        <Tabs.Panel value="suppressed">
          <SuppressionList />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
