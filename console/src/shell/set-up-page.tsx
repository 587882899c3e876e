// A one-time link: makes the owner of a new installation, takes an invitation, or sets a new password.
import { Anchor, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ApiError, apiSend } from '../api/client.ts';
import type { Answer } from '../api/types.ts';
import { QueryView } from '../components/query-view.tsx';
import { FrontPage } from './front-page.tsx';
import { SetUpForm } from './set-up-form.tsx';

export type LinkPurpose = Answer<'/api/v1/set-up/check', 'post'>;

const purposeQuery = (token: string) =>
  queryOptions({
    queryKey: ['set-up', token],
    queryFn: () => apiSend<LinkPurpose>('POST', '/api/v1/set-up/check', { token }),
    // A link that has been used is not asked about again while its page is still open.
    staleTime: Infinity,
    enabled: token !== '',
  });

const titles: Readonly<Record<LinkPurpose['purpose'], readonly [string, string]>> = {
  owner: ['Welcome to Leat', 'Make the first account. It owns this installation and can invite others.'],
  invitation: ['Welcome to Leat', 'You are invited. Choose a password, and you are in.'],
  password: ['Choose a new password', 'Sessions that are open elsewhere end.'],
};

export function SetUpPage() {
  const search: { readonly token?: string | number } = useSearch({ strict: false });
  const token = String(search.token ?? '');
  const purpose = useQuery(purposeQuery(token));
  const navigate = useNavigate();
  const [title, hint] = titles[purpose.data?.purpose ?? 'owner'];

  if (token === '' || isGone(purpose.error))
    return (
      <FrontPage title="This link does not work">
        <Text size="sm">
          {token === ''
            ? 'The address lacks its token. Copy the whole link.'
            : (purpose.error?.message.replaceAll('`', '') ?? 'It was used, or has expired.')}
        </Text>
        <Anchor component={Link} to="/">
          Go to sign-in
        </Anchor>
      </FrontPage>
    );
  return (
    <FrontPage title={title} hint={hint}>
      <QueryView query={purpose}>
        {(found) => (
          <SetUpForm
            token={token}
            link={found}
            // The token is used up and has no place in the history.
            onDone={() => void navigate({ to: found.purpose === 'owner' ? '/welcome' : '/', replace: true })}
          />
        )}
      </QueryView>
    </FrontPage>
  );
}

const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
