// One source: its health at the top, then connecting it, what arrives, what was not taken, its keys, its settings.
import { Anchor, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { DataIn } from './data-in.tsx';
import { Rejections } from './rejections.tsx';
import { SourceFigures } from './source-figures.tsx';
import { sourceHealth } from './source-health.ts';
import { SourceKeys } from './source-keys.tsx';
import { kindInfo } from './source-kinds.ts';
import { sourceQuery } from './source-queries.ts';
import type { Source } from './source-queries.ts';
import { SourceSettings } from './source-settings.tsx';
import { SourceSnippet } from './source-snippet.tsx';
import { parseSourceSearch, sourceTabs } from './source-tabs.ts';

export default function SourcePage() {
  const { id = '' } = useParams({ strict: false });
  const source = useQuery(sourceQuery(id));
  const description = (
    <Group gap="xs" component="span" renderRoot={(props) => <span {...props} />}>
      <Anchor component={Link} to="/sources" inherit>
        All sources
      </Anchor>
      {source.data && (
        <>
          <HealthBadge source={source.data} />
          <span>{kindInfo[source.data.kind].label}</span>
        </>
      )}
    </Group>
  );
  return (
    <Page title={source.data?.name ?? 'Source'} description={description}>
      <QueryView query={source}>{(shown) => <SourceParts source={shown} />}</QueryView>
    </Page>
  );
}

function HealthBadge({ source }: { readonly source: Source }) {
  const { tone, text } = sourceHealth(source, Date.now());
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}

function SourceParts({ source }: { readonly source: Source }) {
  const search = parseSourceSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  // A source that has never taken a call is best helped with how to send one.
  const tab = search.tab ?? (source.activity.lastAcceptedAt === null ? 'connect' : 'data');
  const { rejected } = source.activity;
  return (
    <Stack gap="md">
      <SourceFigures source={source} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: '/sources/$id',
            params: { id: source.id },
            search: parseSourceSearch({ tab: sourceTabs.find((one) => one === next) }),
            replace: true,
          })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="data">Data in</Tabs.Tab>
          <Tabs.Tab
            value="rejections"
            rightSection={
              rejected > 0 ? (
                <Text span size="xs" c="dimmed">
                  {rejected.toLocaleString('en')}
                </Text>
              ) : null
            }
          >
            Not taken
          </Tabs.Tab>
          <Tabs.Tab value="connect">Connect</Tabs.Tab>
          <Tabs.Tab value="keys">Keys</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="data">
          <DataIn sourceId={source.id} />
        </Tabs.Panel>
        <Tabs.Panel value="rejections">
          <Rejections sourceId={source.id} />
        </Tabs.Panel>
        <Tabs.Panel value="connect">
          <Stack gap="lg">
            <ConnectionTest source={source} />
            <SourceSnippet source={source} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <SourceKeys source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SourceSettings key={source.id} source={source} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
