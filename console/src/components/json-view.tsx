// JSON as it stands, two spaces in, to read and copy.
import { CodeBlock } from './code-block.tsx';

export interface JsonViewProps {
  readonly value: unknown;
  /** @default 'JSON' */
  readonly label?: string;
}

export const JsonView = ({ value, label = 'JSON' }: JsonViewProps) => (
  <CodeBlock code={JSON.stringify(value, null, 2) ?? 'undefined'} label={label} />
);
