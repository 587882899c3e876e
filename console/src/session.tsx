// Who is signed in. Asked for once at the start; when it ends, wherever that is noticed, the sign-in page takes over.
import { createContext, use, useEffect } from 'react';
import type { ReactNode } from 'react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiSend, sessionState } from './api/client.ts';

type Role = 'owner' | 'editor' | 'viewer';

interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

interface SessionAnswer {
  readonly user: User | null;
  /** Nobody has an account yet. */
  readonly setUpNeeded: boolean;
  readonly csrf: string | null;
}

export interface Session {
  readonly user: User;
  /** Editors and owners may edit; users and tokens are for owners. */
  can(action: 'edit' | 'own'): boolean;
}

const sessionPath = '/api/v1/session';

const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => keep(await apiGet<SessionAnswer>(sessionPath, undefined, signal)),
  staleTime: Infinity,
  // Signing in or out in another tab is noticed on coming back to this one.
  refetchOnWindowFocus: 'always',
});

/** Remembers what changes carry beside the cookie. */
function keep(answer: SessionAnswer): SessionAnswer {
  sessionState.csrf = answer.csrf;
  return answer;
}

const SessionContext = createContext<Session | null>(null);

/** The signed-in user; only below `SessionProvider`. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no session here.');
  return session;
}

export interface SessionProviderProps {
  readonly user: User;
  readonly children: ReactNode;
}

export function SessionProvider({ user, children }: SessionProviderProps) {
  const session: Session = {
    user,
    can: (action) => user.role === 'owner' || (action === 'edit' && user.role === 'editor'),
  };
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session as the server sees it; an answer of 401 anywhere asks again. */
export function useSessionAnswer() {
  const client = useQueryClient();
  useEffect(() => {
    sessionState.onSignedOut = () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    return () => {
      sessionState.onSignedOut = () => {};
    };
  }, [client]);
  return useQuery(sessionQuery);
}

/** Changes of who is signed in. What the one before saw is forgotten. */
export function useSessionChanges() {
  const client = useQueryClient();
  const renew = async (): Promise<void> => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
  };
  return {
    signIn: async (email: string, password: string): Promise<void> => {
      await apiSend('POST', sessionPath, { email, password });
      await renew();
    },
    signOut: async (): Promise<void> => {
      await apiSend('DELETE', sessionPath);
      await renew();
    },
    setUp: async (chosen: {
      readonly token: string;
      readonly email?: string;
      readonly name?: string;
      readonly password: string;
    }): Promise<void> => {
      await apiSend('POST', '/api/v1/set-up', chosen);
      await renew();
    },
    renew,
  };
}
