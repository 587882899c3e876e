// Events as a dense list: time, type, name, whom it is about; a row unfolds to its content and leads to its story.
import { Anchor, Box, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { JsonView } from '../../components/json-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { CallType } from './call-type.tsx';
import classes from './event-rows.module.css';
import { useNames } from './names.ts';

export interface EventRow {
  readonly key: string;
  readonly at: string;
  readonly type: string;
  readonly title: string;
  /** userId or anonymous id; null where the list is of one person. */
  readonly subject: string | null;
  readonly sourceId: string;
  readonly messageId: string;
  readonly detail: unknown;
  /** Why it is in this list, such as the reason of a discard. */
  readonly remark?: string | null;
}

interface EventRowsProps {
  readonly label: string;
  readonly rows: readonly EventRow[];
  /** Leaves the source out: all rows are of the same. */
  readonly ofOneSource?: boolean;
}

export function EventRows({ label, rows, ofOneSource = false }: EventRowsProps) {
  const names = useNames();
  return (
    <ul aria-label={label} className={classes['list']}>
      {rows.map((row) => (
        <Row key={row.key} row={row} source={ofOneSource ? null : names.source(row.sourceId)} />
      ))}
    </ul>
  );
}

function Row({ row, source }: { readonly row: EventRow; readonly source: string | null }) {
  const [open, setOpen] = useState(false);
  const beside = row.remark ?? row.subject ?? '';
  return (
    <li className={classes['item']}>
      <UnstyledButton
        className={classes['row']}
        data-columns={source === null ? 5 : 6}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} aria-hidden className={classes['chevron']} data-open={open} />
        <span className={classes['type']}>
          <CallType type={row.type} />
        </span>
        <Text span size="sm" fw={500} truncate className={classes['title']}>
          {row.title}
        </Text>
        <Text span size="sm" c="dimmed" truncate className={classes['subject']}>
          {beside}
        </Text>
        {source !== null && (
          <Text span size="sm" c="dimmed" truncate className={classes['source']}>
            {source}
          </Text>
        )}
        <Text span size="sm" c="dimmed" className={classes['time']}>
          <TimeAgo at={row.at} />
        </Text>
      </UnstyledButton>
      {open && (
        <Box className={classes['detail']}>
          <Group justify="space-between" mb="xs" gap="xs">
            <Text size="xs" c="dimmed" style={{ wordBreak: 'break-all' }}>
              {row.messageId}
            </Text>
            <Anchor
              size="sm"
              renderRoot={(props) => <Link {...props} to="/events/$messageId" params={{ messageId: row.messageId }} />}
            >
              What became of it
            </Anchor>
          </Group>
          <JsonView value={row.detail} />
        </Box>
      )}
    </li>
  );
}
