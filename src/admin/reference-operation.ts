// One operation of the reference page: what it does, a line to try it, what goes in and what comes out.
import { escapeHtml, inlineMarkdown } from './reference-html.ts';

/** The part of an OpenAPI 3.1 document that the page shows. */
export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

/** How deep nested objects are listed; deeper ones are named only. */
const maxDepth = 4;

export function renderOperation(document: OpenApiDocument, method: string, path: string, operation: Operation): string {
  const { operationId, summary = '', description, parameters = [] } = operation;
  const body = operation.requestBody?.content['application/json']?.schema;
  const fields = (schema: Schema | undefined): string => (schema ? renderFields(document, schema, 0) : '');
  const answers = Object.entries(operation.responses).filter(([status]) => !/^[45]/.test(status));
  return `<article id="${escapeHtml(operationId)}">
<h3>${escapeHtml(summary)}</h3>
<p class="address"><span class="method ${method}">${method}</span> <code>${escapeHtml(path)}</code></p>
${description ? `<p>${inlineMarkdown(description)}</p>` : ''}
<pre><code>${escapeHtml(curlLine(method, path, body !== undefined))}</code></pre>
${
  parameters.length === 0
    ? ''
    : `<h4>Parameters</h4>${table(
        parameters.map(({ name, in: where, required, description: about, schema = {} }) => ({
          name,
          type: `${typeText(document, schema)}, in ${where === 'query' ? 'the query' : 'the path'}`,
          required: required === true,
          text: [about, limits(schema)].filter((part) => part).join(' '),
        })),
      )}`
}
${body ? `<h4>Body</h4>${fields(body)}` : ''}
${answers
  .map(([status, { content }]) => {
    const schema = content?.['application/json']?.schema;
    return `<details><summary>Answer ${escapeHtml(status)}${schema ? '' : ': no content'}</summary>${fields(schema)}</details>`;
  })
  .join('')}
</article>`;
}

function curlLine(method: string, path: string, hasBody: boolean): string {
  const verb = method === 'get' ? '' : `-X ${method.toUpperCase()} `;
  const data = hasBody ? ` \\\n  -H 'Content-Type: application/json' -d '{…}'` : '';
  return `curl ${verb}http://localhost:8080${path} \\\n  -H "Authorization: Bearer $LEAT_ADMIN_TOKEN"${data}`;
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly text: string;
}

function renderFields(document: OpenApiDocument, given: Schema, depth: number): string {
  const schema = resolve(document, given);
  const rows = fieldRows(document, schema, '', depth);
  return rows.length > 0 ? table(rows) : `<p>${escapeHtml(typeText(document, schema))}</p>`;
}

function fieldRows(document: OpenApiDocument, schema: Schema, prefix: string, depth: number): Row[] {
  if (depth >= maxDepth) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const field = resolve(document, part);
    const own = nonNull(document, field);
    const item = own.items ? resolve(document, own.items) : undefined;
    const label = `${prefix}${name}`;
    const row: Row = {
      name: label,
      type: typeText(document, field),
      required: schema.required?.includes(name) ?? false,
      text: [part.description ?? field.description, limits(own)].filter((text) => text).join(' '),
    };
    const inside = item
      ? fieldRows(document, item, `${label}[].`, depth + 1)
      : fieldRows(document, own, `${label}.`, depth + 1);
    return [row, ...inside];
  });
}

const table = (rows: readonly Row[]): string =>
  `<table><tbody>${rows
    .map(
      ({ name, type, required, text }) =>
        `<tr><td><code>${escapeHtml(name)}</code>${required ? '' : ' <small>optional</small>'}</td><td>${escapeHtml(type)}</td><td>${inlineMarkdown(text)}</td></tr>`,
    )
    .join('')}</tbody></table>`;

/** Follows a reference into the document's components. */
function resolve(document: OpenApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components?.schemas?.[name] ?? {});
}

/** The other branch of a value that may be null. */
function nonNull(document: OpenApiDocument, schema: Schema): Schema {
  const branch = schema.anyOf?.find((one) => one.type !== 'null');
  return branch ? resolve(document, branch) : schema;
}

function typeText(document: OpenApiDocument, given: Schema): string {
  const schema = resolve(document, given);
  if (schema.anyOf) return schema.anyOf.map((branch) => typeText(document, branch)).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  if (schema.type === 'array') return `list of ${schema.items ? typeText(document, schema.items) : 'anything'}`;
  if (schema.format === 'date-time') return 'time';
  return schema.type === undefined ? 'anything' : [schema.type].flat().join(' or ');
}

function limits(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, maxItems } = schema;
  const parts = [
    schema.default === undefined ? '' : `Default: \`${JSON.stringify(schema.default)}\`.`,
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? `At least ${minimum}.` : '',
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `At most ${maximum}.` : '',
    minLength !== undefined && minLength > 1 ? `At least ${minLength} characters.` : '',
    maxLength === undefined ? '' : `At most ${maxLength} characters.`,
    maxItems === undefined ? '' : `At most ${maxItems} items.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
