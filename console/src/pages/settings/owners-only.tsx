// What stands in place of a page that the user's role may not see. The API refuses as well; this says it kindly.
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useSession } from '../../session.tsx';

interface OwnersOnlyProps {
  readonly title: string;
  /** @default 'own' */
  readonly needs?: 'edit' | 'own';
  readonly children: ReactNode;
}

export function OwnersOnly({ title, needs = 'own', children }: OwnersOnlyProps) {
  const session = useSession();
  if (session.can(needs)) return children;
  const who = needs === 'own' ? 'owners' : 'owners and editors';
  return (
    <Page title={title}>
      <EmptyState
        title={`Only ${who} see this`}
        hint={`You are signed in as ${session.user.role}. An owner can change your role under Users.`}
      />
    </Page>
  );
}
