// Where somebody is in the guided path, kept in the browser until they finish or leave it.
import { useLocalStorage } from '@mantine/hooks';

interface GuidePlace {
  /** The source that was last added or chosen there. */
  readonly source?: string;
}

/** Null when nobody is on the path. */
export const useGuidePlace = () =>
  useLocalStorage<GuidePlace | null>({ key: 'leat.guide', defaultValue: null, getInitialValueInEffect: false });
