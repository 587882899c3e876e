// How each directive of a mapping is read. What it means is said in expression.ts.
import type { Json } from '../../lib/json.ts';
import { caseOperators } from './expression.ts';
import type { Expression, MappingPath } from './expression.ts';

/** What a directive needs from the parser at its place. */
interface DirectiveReader {
  under(key: string | number): DirectiveReader;
  value(json: Json): Expression;
  path(text: string): MappingPath;
  fields(json: Json | undefined, known: readonly string[]): { readonly [key: string]: Json | undefined };
  required(fields: { readonly [key: string]: Json | undefined }, key: string): Expression;
  optional(fields: { readonly [key: string]: Json | undefined }, key: string): Expression | undefined;
  text(fields: { readonly [key: string]: Json | undefined }, key: string): string;
  flag(fields: { readonly [key: string]: Json | undefined }, key: string, otherwise: boolean): boolean;
  fail(problem: string): never;
}

type ReadDirective = (argument: Json | undefined, at: DirectiveReader) => Expression;

const readPath: ReadDirective = (argument, at) => {
  if (typeof argument === 'string') return { kind: 'path', path: at.path(argument) };
  return { kind: 'computedPath', path: computedText(argument, at, 'a path such as $.properties.plan') };
};

const readTemplate: ReadDirective = (argument, at) =>
  typeof argument === 'string'
    ? { kind: 'template', parts: templateParts(argument, (path) => at.path(path)) }
    : { kind: 'computedTemplate', template: computedText(argument, at, 'text such as Hi {{traits.name}}') };

const readIf: ReadDirective = (argument, at) => {
  const fields = at.fields(argument, ['exists', 'blank', 'then', 'else']);
  const test = fields['exists'] === undefined ? 'blank' : 'exists';
  if (test === 'exists' && fields['blank'] !== undefined) at.fail('has both exists and blank; give one');
  if (fields[test] === undefined) at.fail('needs exists or blank');
  const present = at.optional(fields, 'then');
  const absent = at.optional(fields, 'else');
  if (!present && !absent) at.fail('needs then, else or both');
  return { kind: 'if', test, subject: at.required(fields, test), present, absent };
};

const readEach: ReadDirective = (argument, at) => {
  if (!Array.isArray(argument) || argument.length < 1 || argument.length > 2)
    return at.fail('must be [path, shape of an element]');
  const [list, shape] = argument as readonly Json[];
  return {
    kind: 'each',
    list: list === undefined ? at.fail('must begin with a path') : readPathOrValue(list, at.under(0)),
    shape: shape === undefined || isEmptyObject(shape) ? undefined : at.under(1).value(shape),
  };
};

const readCase: ReadDirective = (argument, at) => {
  const fields = at.fields(argument, ['operator', 'value']);
  const name = at.text(fields, 'operator').toLowerCase();
  const operator = caseOperators.find((known) => known === name);
  if (!operator) return at.under('operator').fail(`must be one of ${caseOperators.join(', ')}`);
  return { kind: 'case', operator, value: at.required(fields, 'value') };
};

const readReplace: ReadDirective = (argument, at) => {
  const known = ['pattern', 'replacement', 'pattern2', 'replacement2', 'ignorecase', 'global', 'value'];
  const fields = at.fields(argument, known);
  const replacement = (patternKey: string, replacementKey: string) => {
    const pattern = at.text(fields, patternKey);
    if (pattern === '') at.under(patternKey).fail('must not be empty');
    return { pattern, replacement: (fields[replacementKey] ?? '') === '' ? '' : at.text(fields, replacementKey) };
  };
  const second = (fields['pattern2'] ?? '') === '' ? [] : [replacement('pattern2', 'replacement2')];
  return {
    kind: 'replace',
    replacements: [replacement('pattern', 'replacement'), ...second],
    ignoreCase: at.flag(fields, 'ignorecase', false),
    global: at.flag(fields, 'global', true),
    value: at.required(fields, 'value'),
  };
};

const readFlatten: ReadDirective = (argument, at) => {
  const fields = at.fields(argument, ['separator', 'value', 'omitArrays']);
  const separator = at.text(fields, 'separator');
  if (separator === '') at.under('separator').fail('must not be empty');
  const keepLists = at.flag(fields, 'omitArrays', false);
  return { kind: 'flatten', separator, keepLists, value: at.required(fields, 'value') };
};

const readJson: ReadDirective = (argument, at) => {
  const fields = at.fields(argument, ['mode', 'value']);
  const mode = at.text(fields, 'mode').toLowerCase();
  if (mode !== 'encode' && mode !== 'decode') return at.under('mode').fail('must be encode or decode');
  return { kind: 'json', mode, value: at.required(fields, 'value') };
};

const readMerge: ReadDirective = (argument, at) => {
  const fields = at.fields(argument, ['objects', 'direction']);
  const direction = at.text(fields, 'direction').toLowerCase();
  if (direction !== 'left' && direction !== 'right') return at.under('direction').fail('must be left or right');
  const json = fields['objects'];
  if (!Array.isArray(json)) return at.under('objects').fail('must be a list');
  const objects = (json as readonly Json[]).map((item, index) => at.under('objects').under(index).value(item));
  return { kind: 'merge', objects, firstWins: direction === 'left' };
};

const readTransform: ReadDirective = (argument, at) => {
  const fields = at.fields(argument, ['apply', 'mapping']);
  return { kind: 'transform', apply: at.required(fields, 'apply'), mapping: at.required(fields, 'mapping') };
};

const readExcludeWhenNull: ReadDirective = (argument, at) => ({
  kind: 'excludeWhenNull',
  value: argument === undefined ? at.fail('needs a value') : at.value(argument),
});

/** The directives by name. */
export const directives: ReadonlyMap<string, ReadDirective> = new Map([
  ['@path', readPath],
  ['@template', readTemplate],
  ['@if', readIf],
  ['@arrayPath', readEach],
  ['@literal', (argument) => ({ kind: 'constant', value: argument ?? null })],
  ['@case', readCase],
  ['@replace', readReplace],
  ['@flatten', readFlatten],
  ['@json', readJson],
  ['@merge', readMerge],
  ['@transform', readTransform],
  ['@excludeWhenNull', readExcludeWhenNull],
]);

/** The pieces of a template: constant text and the paths in {{ }} (or {{{ }}}, which is the same). */
export function templateParts(
  template: string,
  parsePath: (text: string) => MappingPath,
): readonly (string | MappingPath)[] {
  return template
    .split(/(\{\{\{\s*[^{}\s][^{}]*\}\}\}|\{\{\s*[^{}\s][^{}]*\}\})/)
    .map((piece, index) => (index % 2 === 0 ? piece : parsePath(piece.replace(/^\{+|\}+$/g, '').trim())))
    .filter((piece) => piece !== '');
}

const readPathOrValue = (json: Json, at: DirectiveReader): Expression =>
  typeof json === 'string' ? { kind: 'path', path: at.path(json) } : at.value(json);

function computedText(argument: Json | undefined, at: DirectiveReader, example: string): Expression {
  const expression = argument === undefined ? undefined : at.value(argument);
  if (!expression || expression.kind === 'constant' || expression.kind === 'object' || expression.kind === 'list')
    return at.fail(`must be ${example}, or a directive that gives one`);
  return expression;
}

const isEmptyObject = (json: Json): boolean =>
  typeof json === 'object' && json !== null && Object.keys(json).length === 0;
