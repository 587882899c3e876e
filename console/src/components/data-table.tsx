// Rows and columns: a table where there is room, a stack of cards where there is not. It scrolls inside itself, never
// the page.
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Box, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';

interface Column<Row> {
  readonly key: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
}

export interface DataTableProps<Row> {
  /** Names the table for those who hear it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Opens the row; its first column should hold a link too. */
  readonly onRowClick?: (row: Row) => void;
}

const ownControls = 'a, button, input, select, textarea, label';

export function DataTable<Row>({ label, columns, rows, rowKey, onRowClick }: DataTableProps<Row>) {
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const opens = (row: Row) =>
    onRowClick && {
      tabIndex: 0,
      style: { cursor: 'pointer' },
      onClick: (event: MouseEvent) => {
        if (!(event.target instanceof Element && event.target.closest(ownControls))) onRowClick(row);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onRowClick(row);
      },
    };

  if (narrow)
    return (
      <Stack gap="xs" component="ul" aria-label={label} p={0} m={0} style={{ listStyle: 'none' }}>
        {rows.map((row) => (
          <Paper key={rowKey(row)} component="li" withBorder p="sm" {...opens(row)}>
            {columns.map(({ key, header, cell }) => (
              <Group key={key} gap="sm" py={2} align="baseline" wrap="nowrap" justify="space-between">
                <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>
                  {header}
                </Text>
                <Box fz="sm" miw={0} ta="right" style={{ overflowWrap: 'anywhere' }}>
                  {cell(row)}
                </Box>
              </Group>
            ))}
          </Paper>
        ))}
      </Stack>
    );

  return (
    <Table.ScrollContainer
      minWidth={0}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': label } }}
    >
      <Table highlightOnHover={onRowClick !== undefined} verticalSpacing="xs" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, header, align }) => (
              <Table.Th key={key} ta={align ?? 'left'} scope="col">
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)} {...opens(row)}>
              {columns.map(({ key, cell, align }) => (
                <Table.Td key={key} ta={align ?? 'left'} style={{ overflowWrap: 'anywhere' }}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
