// Reads the text of a trigger. The language is defined in trigger.ts; whatever does not fit it is an error that says
// where and what was expected, never a guess.
import { globFault } from './glob.ts';
import { tokenize } from './tokenize.ts';
import type { Keyword, Token } from './tokenize.ts';
import { TriggerError } from './trigger-error.ts';
import { textTests, transformFunctions } from './trigger.ts';
import type { Literal, Operand, TextTest, TransformFunction, Trigger } from './trigger.ts';

/** Longest text of a trigger, in characters, and how deep it may nest: far above any real one, below what could exhaust the stack. */
const maxLength = 20_000;
const maxDepth = 200;

/** Parses a trigger. Throws {@link TriggerError}, whose field is `trigger`. */
export function parseTrigger(text: string): Trigger {
  if (text.length > maxLength)
    throw new TriggerError(text, maxLength, `at most ${maxLength} characters`, `${text.length}`);
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): Trigger {
    const trigger = this.#or();
    if (this.#peek().kind !== 'end') this.#fail('"and", "or" or the end', this.#hintAfterClause());
    return trigger;
  }

  #or(): Trigger {
    const clauses = [this.#and()];
    while (this.#takeKeyword('or')) clauses.push(this.#and());
    return clauses.length === 1 && clauses[0] ? clauses[0] : { kind: 'or', clauses };
  }

  #and(): Trigger {
    const clauses = [this.#not()];
    while (this.#takeKeyword('and')) clauses.push(this.#not());
    return clauses.length === 1 && clauses[0] ? clauses[0] : { kind: 'and', clauses };
  }

  #not(): Trigger {
    if (++this.#depth > maxDepth) this.#fail(`at most ${maxDepth} levels of nesting`);
    try {
      if (this.#takeSymbol('!')) {
        const start = this.#peek();
        const clause = this.#not();
        const compares = ['equality', 'order', 'in', 'has'].includes(clause.kind);
        if (compares && start.kind !== 'symbol')
          this.#fail('"("', 'To negate a comparison put it in parentheses: !(type = "track").', start);
        return { kind: 'not', clause };
      }
      if (this.#takeSymbol('(')) {
        const trigger = this.#or();
        this.#expectSymbol(')', '"and", "or" or ")"');
        return trigger;
      }
      return this.#clause();
    } finally {
      this.#depth--;
    }
  }

  #clause(): Trigger {
    const literal = this.#takeLiteral();
    if (literal !== undefined) {
      if (!this.#takeKeyword('in'))
        this.#fail('"in" after a value', 'A comparison begins with the field: event = "Signed Up".');
      return { kind: 'has', value: literal, operand: this.#operand() };
    }
    const test = this.#takeTextTest();
    if (test) return test;
    const operand = this.#operand();
    const operator = this.#peek();
    if (operator.kind === 'keyword' && operator.keyword === 'in') {
      this.#at++;
      return { kind: 'in', operand, values: this.#list() };
    }
    if (operator.kind === 'symbol') {
      const { symbol } = operator;
      if (symbol === '=' || symbol === '!=') {
        this.#at++;
        return { kind: 'equality', operand, operator: symbol, value: this.#literal() };
      }
      if (symbol === '<' || symbol === '<=' || symbol === '>' || symbol === '>=') {
        this.#at++;
        return { kind: 'order', operand, operator: symbol, value: this.#number() };
      }
    }
    if (operand.kind === 'path' || operand.name === 'bool') return { kind: 'true', operand };
    return this.#fail('=, !=, <, <=, >, >= or in', `${operand.name}() gives a value to compare.`);
  }

  /** `contains(field, "x")` and its kin, and `exists(field)`. */
  #takeTextTest(): Trigger | undefined {
    const name = this.#peekCall();
    if (name === 'exists') {
      this.#at += 2;
      const operand = this.#operand();
      this.#expectSymbol(')', '")"');
      return { kind: 'exists', operand };
    }
    const test = textTests.find((known): known is TextTest => known === name);
    if (!test) return undefined;
    this.#at += 2;
    const operand = this.#operand();
    this.#expectSymbol(',', '","');
    const token = this.#peek();
    if (token.kind !== 'string') return this.#fail('a quoted string', bareWordHint(token));
    if (test === 'match') this.#checkGlob(token.value);
    this.#at++;
    this.#expectSymbol(')', '")"');
    return { kind: 'text', test, operand, text: token.value };
  }

  #checkGlob(pattern: string): void {
    const fault = globFault(pattern);
    if (fault) this.#fail('a pattern', fault);
  }

  #operand(): Operand {
    const name = this.#peekCall();
    if (name !== undefined) {
      const known = transformFunctions.find((f): f is TransformFunction => f === name);
      if (!known) {
        const misplaced = name === 'exists' || textTests.some((test) => test === name);
        const expected = misplaced ? 'a field or a function that gives a value' : 'a known function';
        this.#fail(expected, `Functions: ${[...textTests, 'exists', ...transformFunctions].join(', ')}.`);
      }
      if (++this.#depth > maxDepth) this.#fail(`at most ${maxDepth} levels of nesting`);
      this.#at += 2;
      const argument = this.#operand();
      this.#expectSymbol(')', '")"');
      this.#depth--;
      return { kind: 'call', name: known, argument };
    }
    const token = this.#peek();
    if (token.kind !== 'path') {
      const hint = token.kind === 'keyword' ? `To read a field of that name write \\${token.keyword}.` : undefined;
      return this.#fail('a field such as event or properties.plan, "!" or "("', hint);
    }
    this.#at++;
    return { kind: 'path', path: token.parts };
  }

  #literal(): Literal {
    const literal = this.#takeLiteral();
    if (literal !== undefined) return literal;
    return this.#fail('a quoted string, a number, true, false or null', bareWordHint(this.#peek()));
  }

  #number(): number {
    const token = this.#peek();
    if (token.kind !== 'number')
      return this.#fail(
        'a number',
        'Order is between numbers only; text with number(): number(properties.total) > 10.',
      );
    this.#at++;
    return token.value;
  }

  #list(): readonly Literal[] {
    this.#expectSymbol('[', '"[" and the values');
    const values = [this.#literal()];
    while (this.#takeSymbol(',')) values.push(this.#literal());
    this.#expectSymbol(']', '"," or "]"');
    return values;
  }

  #takeLiteral(): Literal | undefined {
    const token = this.#peek();
    if (token.kind === 'string' || token.kind === 'number') {
      this.#at++;
      return token.value;
    }
    if (token.kind !== 'keyword') return undefined;
    if (token.keyword !== 'true' && token.keyword !== 'false' && token.keyword !== 'null') return undefined;
    this.#at++;
    return token.keyword === 'null' ? null : token.keyword === 'true';
  }

  /** The name before a parenthesis, when that is what comes next. */
  #peekCall(): string | undefined {
    const name = this.#peek();
    const bracket = this.#tokens[this.#at + 1];
    if (name.kind !== 'path' || bracket?.kind !== 'symbol' || bracket.symbol !== '(') return undefined;
    return name.parts.length === 1 ? name.parts[0] : name.parts.join('.');
  }

  #peek(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1);
    return token ?? { kind: 'end', start: this.#text.length, end: this.#text.length };
  }

  #takeKeyword(keyword: Keyword): boolean {
    const token = this.#peek();
    if (token.kind !== 'keyword' || token.keyword !== keyword) return false;
    this.#at++;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.symbol !== symbol) return false;
    this.#at++;
    return true;
  }

  #expectSymbol(symbol: string, expected: string): void {
    if (!this.#takeSymbol(symbol)) this.#fail(expected);
  }

  #hintAfterClause(): string | undefined {
    const token = this.#peek();
    if (token.kind === 'symbol' && token.symbol === ',') return 'Join conditions with and.';
    if (token.kind !== 'path') return undefined;
    const word = token.parts.join('.').toLowerCase();
    const before = this.#tokens[this.#at - 1];
    const [name] = before?.kind === 'path' ? before.parts : [];
    if (word === 'not' || name?.toLowerCase() === 'not') return 'Negation is written !(…).';
    return foreignWords[word];
  }

  #fail(expected: string, hint?: string, token: Token = this.#peek()): never {
    const found = token.kind === 'end' ? 'the end' : this.#text.slice(token.start, token.end);
    throw new TriggerError(this.#text, token.start, expected, found, hint);
  }
}

/** Words that other languages, and other versions of this one, have between a field and a value. */
const foreignWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    textTests.flatMap((test) => [
      [test, `Write it as a function: ${test}(event, "…").`],
      [`not_${test}`, `Write it as a negated function: !${test}(event, "…").`],
    ]),
  ),
  exists: 'Write it as a function: exists(userId).',
  not_exists: 'Write it as a negated function: !exists(userId).',
  is: 'Equality is written =, and a missing field is event = null or !exists(event).',
  like: 'Patterns are written match(event, "Order*").',
  in: 'It is written in small letters: event in ["…"].',
  and: 'It is written in small letters or capitals: and, AND.',
  or: 'It is written in small letters or capitals: or, OR.',
};

function bareWordHint(token: Token): string | undefined {
  const word = token.kind === 'path' && token.parts.length === 1 ? token.parts[0]?.toLowerCase() : undefined;
  if (word === 'true' || word === 'false' || word === 'null') return `It is written in small letters: ${word}.`;
  return token.kind === 'path' ? `Text needs quotes: ${JSON.stringify(token.parts.join('.'))}.` : undefined;
}
