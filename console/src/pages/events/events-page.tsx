// Events: as they come in, or searched for in the log.
import { Tabs } from '@mantine/core';
import { Page } from '../../components/page.tsx';
import { EventSearch } from './event-search.tsx';
import { LiveTail } from './live-tail.tsx';
import { useSearchState } from './search-state.ts';

export function EventsPage() {
  const [search, change] = useSearchState();
  return (
    <Page title="Events" description="Every call that was accepted. Open one to see where it went, and why.">
      <Tabs
        value={search['show'] === 'live' ? 'live' : 'search'}
        onChange={(tab) => change({ show: tab === 'live' ? tab : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="search">Search</Tabs.Tab>
          <Tabs.Tab value="live">Live</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="search">
          <EventSearch search={search} onSearch={change} />
        </Tabs.Panel>
        <Tabs.Panel value="live">
          <LiveTail search={search} onSearch={change} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
