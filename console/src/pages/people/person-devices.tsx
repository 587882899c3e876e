// The devices of a person, as the mobile clients registered them.
import { Code, Text } from '@mantine/core';
import { DataTable } from '../../components/data-table.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { Person } from './people-api.ts';

type Device = Person['devices'][number];

const columns = [
  { key: 'platform', header: 'Platform', cell: (row: Device) => row.platform ?? '–' },
  { key: 'app', header: 'App', cell: (row: Device) => row.appIdentifier ?? '–' },
  {
    key: 'token',
    header: 'Token',
    cell: (row: Device) => <Code style={{ wordBreak: 'break-all' }}>{row.token}</Code>,
  },
  { key: 'used', header: 'Last used', cell: (row: Device) => <TimeAgo at={row.lastUsedAt} /> },
  {
    key: 'attributes',
    header: 'Attributes',
    cell: (row: Device) => (Object.keys(row.attributes).length === 0 ? '–' : <JsonView value={row.attributes} />),
  },
];

export const PersonDevices = ({ devices }: { readonly devices: readonly Device[] }) =>
  devices.length === 0 ? (
    <Text size="sm" c="dimmed">
      No devices. The mobile clients register them; so does a “Device Created or Updated” event.
    </Text>
  ) : (
    <DataTable label="Devices" columns={columns} rows={devices} rowKey={(row) => row.token} />
  );
