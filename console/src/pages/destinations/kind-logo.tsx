// A kind's initials in place of a logo, in a colour that its name decides.
import { Avatar } from '@mantine/core';

interface KindLogoProps {
  readonly name: string;
  readonly size?: 'sm' | 'md';
}

const colors = ['blue', 'teal', 'grape', 'orange', 'cyan', 'indigo', 'pink', 'lime'] as const;

export function KindLogo({ name, size = 'md' }: KindLogoProps) {
  const sum = Array.from(name).reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return (
    <Avatar radius="md" size={size} variant="light" color={colors[sum % colors.length] ?? 'blue'} aria-hidden="true">
      <span style={{ color: 'var(--mantine-color-text)' }}>{initialsOf(name)}</span>
    </Avatar>
  );
}

/** "Google Analytics 4" is GA, "Webhook" is We. */
function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const [first = '?', second] = words;
  return second === undefined ? first.slice(0, 2) : `${first.slice(0, 1)}${second.slice(0, 1)}`.toUpperCase();
}
