// The control API's bodies and answers by path and method, from its own description.
import type { paths } from './schema.d.ts';

type Methods = 'get' | 'post' | 'put' | 'patch' | 'delete';
type JsonContent<T> = T extends { readonly content: { readonly 'application/json': infer Content } } ? Content : never;
type Good<T> = {
  readonly [Status in keyof T]: Status extends 200 | 201 | 202 ? JsonContent<T[Status]> : never;
}[keyof T];

/** What the call answers when it succeeds: `Answer<'/api/v1/sources', 'get'>`. */
export type Answer<Path extends keyof paths, Method extends Methods & keyof paths[Path]> = paths[Path][Method] extends {
  readonly responses: infer Responses;
}
  ? Good<Responses>
  : never;

/** What the call takes as its body. */
export type Body<Path extends keyof paths, Method extends Methods & keyof paths[Path]> = paths[Path][Method] extends {
  readonly requestBody?: infer Request;
}
  ? JsonContent<NonNullable<Request>>
  : never;
