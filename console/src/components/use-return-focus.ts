// Gives the keyboard back to what had it before a dialog that is there only while it is open.
import { useEffect, useState } from 'react';

export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
