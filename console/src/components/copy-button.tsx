// Copies a text and says so for a moment.
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for those who hear the page: "Copy the key". @default 'Copy' */
  readonly label?: string;
}

export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 1500 });
  const said = clipboard.error ? 'Select it and copy by hand' : clipboard.copied ? 'Copied' : 'Copy';
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={said === 'Copy' ? label : said}
      onClick={() => clipboard.copy(text)}
    >
      {said}
    </Button>
  );
}
