// The areas of the console.
import {
  IconActivity,
  IconBox,
  IconHome,
  IconLogin2,
  IconLogout2,
  IconRoute,
  IconScale,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { NavLink } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useGuidePlace } from '../pages/first-run/guide-place.ts';

const areas = [
  { to: '/', label: 'Overview', Icon: IconHome },
  { to: '/sources', label: 'Sources', Icon: IconLogin2 },
  { to: '/destinations', label: 'Destinations', Icon: IconLogout2 },
  { to: '/people', label: 'People', Icon: IconUsers },
  { to: '/objects', label: 'Objects', Icon: IconBox },
  { to: '/events', label: 'Events', Icon: IconActivity },
  { to: '/ledger', label: 'Ledger', Icon: IconScale },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
] as const;

/** While somebody is on the guided path. */
const backToGuide = { to: '/welcome', label: 'Back to the guide', Icon: IconRoute } as const;

export function Navigation() {
  const { pathname } = useLocation();
  const [guide] = useGuidePlace();
  const shown = guide === null ? areas : [backToGuide, ...areas];
  return shown.map(({ to, label, Icon }) => {
    const active = to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`);
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
        active={active}
        aria-current={active ? 'page' : undefined}
        color="gray"
        variant="light"
        c="var(--mantine-color-text)"
      />
    );
  });
}
