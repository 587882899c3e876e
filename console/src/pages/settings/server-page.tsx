// The server: version, how it is doing, regions, how long events are kept; and where its APIs are described.
import type { ReactNode } from 'react';
import { Alert, Anchor, List, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatBytes } from '../../components/format-bytes.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { formatDays, formatNumber } from './format.ts';
import { serverStatusQuery } from './settings-queries.ts';
import type { ServerStatus } from './settings-queries.ts';

export default function ServerPage() {
  const status = useQuery(serverStatusQuery);
  return (
    <Page title="Server and API" description="How this server is set up. Its settings are environment variables.">
      <Stack gap="md">
        <QueryView query={status}>{(shown) => <Facts status={shown} />}</QueryView>
        {!status.data && <Documents />}
      </Stack>
    </Page>
  );
}

function Facts({ status }: { readonly status: ServerStatus }) {
  const { log, disk, workspace, retention, region, regionHosts } = status;
  const stored = log.partitions.reduce((sum, { start, end }) => sum + end - start, 0);
  const hosts = Object.entries(regionHosts);
  return (
    <Stack gap="md">
      {log.unavailable !== null && (
        <Alert color="red" title="Nothing can be stored at present">
          {log.unavailable}
        </Alert>
      )}
      {log.warning !== null && (
        <Alert color="yellow" title="Storing works, but" styles={{ title: { color: 'var(--mantine-color-text)' } }}>
          {log.warning}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title="Status">
          <Fact name="Version">{status.version}</Fact>
          <Fact name="Started">
            <TimeAgo at={status.startedAt} />
          </Fact>
          <Fact name="Memory">{formatBytes(status.memoryBytes)}</Fact>
          {disk && (
            <Fact name="Disk free">
              {formatBytes(disk.freeBytes)} of {formatBytes(disk.totalBytes)}
            </Fact>
          )}
          <Fact name="Workspace">
            {workspace.lag === 0 ? 'up to date' : `${formatNumber(workspace.lag)} events behind`}
          </Fact>
        </Section>
        <Section title="Events">
          <Fact name="In the log">
            {formatNumber(stored)} events, {formatBytes(log.bytes)}
          </Fact>
          <Fact name="Kept for" setting="LEAT_RETENTION_DAYS">
            {formatDays(retention.days)} once every reader has passed
          </Fact>
          <Fact name="At most" setting="LEAT_RETENTION_GB">
            {formatBytes(retention.bytes)}, then the oldest go
          </Fact>
          <Fact name="Held for disabled destinations" setting="LEAT_DISABLED_HOLD_DAYS">
            {formatDays(retention.disabledHoldDays)}
          </Fact>
          <Fact name="Duplicates known" setting="LEAT_DEDUP_WINDOW_DAYS">
            back to <TimeAgo at={log.dedup.since} />
            {log.dedup.bounded && ', bounded by memory'}
          </Fact>
        </Section>
        <Section title="Regions and addresses">
          <Fact name="This server" setting="LEAT_REGION">
            {region}: its keys begin with {region}_ and ak_{region}_
          </Fact>
          {hosts.length === 0 ? (
            <Fact name="Hosts" setting="LEAT_REGION_HOSTS">
              none named; clients use this server’s own
            </Fact>
          ) : (
            hosts.map(([name, host]) => (
              <Fact key={name} name={`Host of ${name}`} setting="LEAT_REGION_HOSTS">
                {host}
              </Fact>
            ))
          )}
          <Fact name="Public address" setting="LEAT_PUBLIC_URL">
            {status.publicUrl ?? 'not set; the address of each request counts'}
          </Fact>
          <Fact name="Destinations at private addresses" setting="LEAT_PRIVATE_DESTINATIONS">
            {status.privateDestinations ? 'allowed' : 'refused'}
          </Fact>
        </Section>
        <Documents />
      </SimpleGrid>
    </Stack>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Paper withBorder p="md" component="section" aria-label={title}>
    <Title order={2} size="h4" mb="xs">
      {title}
    </Title>
    <Table layout="fixed" verticalSpacing={6} withRowBorders={false}>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  </Paper>
);

interface FactProps {
  readonly name: string;
  /** The variable that decides it. */
  readonly setting?: string;
  readonly children: ReactNode;
}

const Fact = ({ name, setting, children }: FactProps) => (
  <Table.Tr>
    <Table.Th scope="row" fw={400} c="dimmed" w="40%" px={0} style={{ verticalAlign: 'top' }}>
      {name}
    </Table.Th>
    <Table.Td px={0} pl="sm" style={{ overflowWrap: 'anywhere' }}>
      {children}
      {setting !== undefined && (
        <Text size="xs" c="dimmed" ff="monospace">
          {setting}
        </Text>
      )}
    </Table.Td>
  </Table.Tr>
);

const documents = [
  { href: '/docs', label: 'API reference', hint: 'sending events: every call, field, limit and client' },
  { href: '/docs/control', label: 'Control API', hint: 'all that this console does, for scripts' },
  { href: '/api/openapi.json', label: 'OpenAPI document of the control API', hint: 'for tools' },
  { href: '/docs/postman/collection.json', label: 'Postman collection', hint: 'every call, ready to send' },
  { href: '/docs/postman/environment.json', label: 'Postman environment', hint: 'with this server’s address' },
] as const;

const Documents = () => (
  <Paper withBorder p="md" component="section" aria-label="Documents">
    <Title order={2} size="h4" mb="xs">
      Documents
    </Title>
    <List size="sm" spacing={6}>
      {documents.map(({ href, label, hint }) => (
        <List.Item key={href}>
          <Anchor href={href} target="_blank" rel="noreferrer" underline="always" size="sm">
            {label}
          </Anchor>{' '}
          <Text span size="sm" c="dimmed">
            {hint}
          </Text>
        </List.Item>
      ))}
    </List>
  </Paper>
);
