// The look: Mantine's own with the system's fonts, one colour, and words of state that can be read on both schemes.
import { Anchor, Notification, PasswordInput, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  components: {
    // Told from text by more than its colour.
    Anchor: Anchor.extend({ defaultProps: { underline: 'not-hover' } }),
    // By keyboard, too; Mantine leaves it to the pointer.
    PasswordInput: PasswordInput.extend({
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed', tabIndex: 0 } },
    }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
  },
});
