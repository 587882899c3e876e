// Whether something has lasted longer than people take for at once.
import { useEffect, useState } from 'react';

/** True once `busy` has been true for so long. @default 300 ms */
export function useLate(busy: boolean, afterMs = 300): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [busy, afterMs]);
  return late;
}
