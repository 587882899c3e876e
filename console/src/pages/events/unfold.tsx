// Detail that is there for who wants it; drawn only when unfolded.
import { Box, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';

interface UnfoldProps {
  readonly label: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}

export function Unfold({ label, open = false, children }: UnfoldProps) {
  const [shown, setShown] = useState(open);
  const Chevron = shown ? IconChevronDown : IconChevronRight;
  return (
    <Box miw={0}>
      <UnstyledButton fz="sm" fw={500} aria-expanded={shown} onClick={() => setShown(!shown)}>
        <Chevron size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {label}
      </UnstyledButton>
      {shown && <Box mt="xs">{children}</Box>}
    </Box>
  );
}
