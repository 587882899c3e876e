// The catalogue: every kind of destination, found by word, use or sign-in; choosing one opens its settings.
import { useState } from 'react';
import {
  Anchor,
  Badge,
  Group,
  Paper,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { AddDestination } from './add-destination.tsx';
import { catalogueQuery } from './destination-queries.ts';
import type { KindSummary } from './destination-queries.ts';
import { parseCatalogueSearch } from './destination-tabs.ts';
import { categories, categoryOf } from './kind-category.ts';
import { KindLogo } from './kind-logo.tsx';

export default function CataloguePage() {
  const { kind } = parseCatalogueSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const catalogue = useQuery(catalogueQuery);
  if (kind !== undefined) return <AddDestination slug={kind} />;
  return (
    <Page
      title="Add a destination"
      description="Choose where events are to go."
      actions={
        <Anchor component={Link} to="/destinations" size="sm">
          Back to destinations
        </Anchor>
      }
    >
      <QueryView query={catalogue}>
        {({ items }) => (
          <Catalogue
            kinds={items.filter(({ addable }) => addable)}
            onChoose={({ slug }) => void navigate({ to: '/destinations/new', search: { kind: slug } })}
          />
        )}
      </QueryView>
    </Page>
  );
}

const signIns = { secret: 'Key or password', oauth: 'OAuth app', none: 'No sign-in' } as const;

interface CatalogueProps {
  readonly kinds: readonly KindSummary[];
  readonly onChoose: (kind: KindSummary) => void;
}

function Catalogue({ kinds, onChoose }: CatalogueProps) {
  const [words, setWords] = useState('');
  const [origin, setOrigin] = useState('all');
  const [category, setCategory] = useState<string | null>(null);
  const [signIn, setSignIn] = useState<string | null>(null);
  const found = kinds
    .filter((kind) => origin === 'all' || kind.origin === origin)
    .filter((kind) => category === null || categoryOf(kind) === category)
    .filter((kind) => signIn === null || kind.signIn === signIn)
    .filter((kind) => matchesWords(kind, words))
    .sort((a, b) => rank(a, words) - rank(b, words) || a.name.localeCompare(b.name));
  const hasPack = kinds.some((kind) => kind.origin === 'pack');
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Search"
          placeholder="Webhook, email, warehouse…"
          flex="1 1 14rem"
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <Select
          label="Use"
          placeholder="Any"
          clearable
          data={[...categories]}
          value={category}
          onChange={setCategory}
          flex="1 1 9rem"
        />
        <Select
          label="Sign-in"
          placeholder="Any"
          clearable
          data={Object.entries(signIns).map(([value, label]) => ({ value, label }))}
          value={signIn}
          onChange={setSignIn}
          flex="1 1 9rem"
        />
        {hasPack && (
          <SegmentedControl
            aria-label="Origin"
            data={[
              { value: 'all', label: 'All' },
              { value: 'leat', label: 'Native' },
              { value: 'pack', label: 'Pack' },
            ]}
            value={origin}
            onChange={setOrigin}
          />
        )}
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {found.length === kinds.length ? `${kinds.length} kinds` : `${found.length} of ${kinds.length} kinds`}
        {!hasPack && '. More come with the connector pack: see connectors/segment in the repository.'}
      </Text>
      {found.length === 0 && (
        <EmptyState
          title="No kind fits"
          hint="Take a filter away, or send to it with a webhook, which reaches anything that speaks HTTP."
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 4 }} spacing="sm">
        {found.map((kind) => (
          <KindCard key={kind.slug} kind={kind} onChoose={onChoose} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

const KindCard = ({
  kind,
  onChoose,
}: {
  readonly kind: KindSummary;
  readonly onChoose: (kind: KindSummary) => void;
}) => (
  <Paper
    withBorder
    component="button"
    type="button"
    className="mantine-focus-auto"
    ta="left"
    p="sm"
    style={{ cursor: 'pointer' }}
    onClick={() => onChoose(kind)}
  >
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <KindLogo name={kind.name} />
      <Stack gap={4} miw={0}>
        <Text fw={600} size="sm" truncate>
          {kind.name}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {kind.description.split('\n')[0]?.replaceAll('`', '')}
        </Text>
        <Group gap={6}>
          <Badge size="xs" variant="default" tt="none">
            {categoryOf(kind)}
          </Badge>
          {kind.signIn !== 'none' && (
            <Badge size="xs" variant="default" tt="none">
              {signIns[kind.signIn]}
            </Badge>
          )}
          {kind.origin === 'pack' && (
            <Badge size="xs" variant="default" tt="none">
              Pack
            </Badge>
          )}
        </Group>
      </Stack>
    </Group>
  </Paper>
);

const matchesWords = (kind: KindSummary, words: string): boolean => {
  const text = `${kind.name} ${kind.slug} ${kind.description} ${categoryOf(kind)}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** Those whose name begins with what is looked for come first, then Leat's own. */
const rank = ({ name, origin }: KindSummary, words: string): number => {
  const at = words === '' ? -1 : name.toLowerCase().indexOf(words.trim().toLowerCase());
  return (at === 0 ? 0 : at > 0 ? 2 : 4) + (origin === 'leat' ? 0 : 1);
};
