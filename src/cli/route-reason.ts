// Why a destination does not get an event, in words.
const reasons: Readonly<Record<string, string>> = {
  disabled: 'the destination is off',
  source_not_connected: 'it does not take events of this source',
  integrations: 'the call’s integrations keep it away',
  no_action_matches: 'no action wants it',
};

export const routeReason = (reason: string | undefined): string => reasons[reason ?? ''] ?? reason ?? 'not wanted';
