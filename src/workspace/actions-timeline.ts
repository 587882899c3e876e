// Which actions hold at which offset: the present ones, and for a rebuild the ones that held then.
import type { Destination } from '../control/model.ts';
import { compileRouter } from '../routing/router.ts';
import type { Router } from '../routing/router.ts';
import { workspaceKind } from './actions/workspace-kind.ts';
import type { ActionsInterval } from './workspace-store.ts';

export interface CompiledActions {
  readonly router: Router;
  /** The destination as JSON, by which it is seen to be another. */
  readonly text: string;
}

export interface ActionsInForce extends CompiledActions {
  /** First offset at which others hold. */
  readonly until: number;
}

export class ActionsTimeline {
  readonly #history: readonly ActionsInterval[];
  readonly #recorded = new Map<string, CompiledActions>();
  #present: CompiledActions;

  /**
   * Where `history` has a later interval for the partition, the recorded actions hold; from the last one on the present
   * ones. @throws InputError when the actions cannot be compiled.
   */
  constructor(present: Destination, history: readonly ActionsInterval[]) {
    this.#present = compile(present);
    this.#history = history;
  }

  /** @throws InputError when the actions cannot be compiled; then the ones before stay. */
  change(present: Destination): void {
    this.#present = compile(present);
  }

  at(partition: number, offset: number): ActionsInForce {
    const own = this.#history.filter((interval) => interval.partition === partition);
    const next = own.find(({ from }) => from > offset);
    const current = own.findLast(({ from }) => from <= offset);
    if (!next || !current) return { ...this.#present, until: next?.from ?? Number.POSITIVE_INFINITY };
    const key = `${partition}:${current.from}`;
    let compiled = this.#recorded.get(key);
    if (!compiled) this.#recorded.set(key, (compiled = compile(current.actions)));
    return { ...compiled, until: next.from };
  }
}

const compile = (destination: Destination): CompiledActions => ({
  router: compileRouter(destination, { integrationNames: workspaceKind.integrationNames }),
  text: JSON.stringify(destination),
});
