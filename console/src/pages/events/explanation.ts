// An explained event as the control API answers it. What it says about routing is free-form there; its shape is named here.
import type { Answer } from '../../api/types.ts';

type ExplainAnswer = Answer<'/api/v1/events/{messageId}', 'get'>;
type RawExplanation = ExplainAnswer['items'][number];
type RawDestination = RawExplanation['destinations'][number];
export type Rejection = ExplainAnswer['rejections'][number];
export type Attempt = RawDestination['attempts'][number];
export type Sends = NonNullable<RawDestination['sends']>;

/** A condition of a trigger, or a group of them, with its verdict. */
export interface TriggerNode {
  readonly kind: 'clause' | 'and' | 'or' | 'not';
  readonly text: string;
  readonly matched: boolean;
  readonly operand?: string;
  readonly found?: unknown;
  readonly type?: string;
  readonly note?: string;
  readonly clauses?: readonly TriggerNode[];
}

interface MappedField {
  readonly field: string;
  readonly value?: unknown;
  readonly reads: readonly { readonly path: string; readonly value?: unknown }[];
}

export interface ExplainedAction {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly matched: boolean;
  readonly trigger?: TriggerNode;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly MappedField[];
  readonly problem?: string;
}

export interface Route {
  readonly destinationVersion: number;
  readonly matched: boolean;
  readonly reason?: string;
  readonly integrationsEntry?: string;
  readonly actions: readonly ExplainedAction[];
}

export interface Note {
  readonly reason?: string;
  readonly field?: string | null;
  readonly message?: string;
}

export type ExplainedDestination = Omit<RawDestination, 'route'> & { readonly route: Route };

export type Explanation = Omit<RawExplanation, 'destinations' | 'workspace' | 'validation' | 'event'> & {
  readonly event: Readonly<Record<string, unknown>>;
  readonly validation: { readonly notes: readonly Note[] };
  readonly workspace: Omit<RawExplanation['workspace'], 'route'> & { readonly route: Route | null };
  readonly destinations: readonly ExplainedDestination[];
};

export interface Explained {
  readonly items: readonly Explanation[];
  readonly rejections: readonly Rejection[];
}
