// The frame of all settings: a menu of the parts that the user's role may see, and the part itself.
import { Box, Tabs } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useSession } from '../../session.tsx';

const parts = [
  { to: '/settings', label: 'My account', needs: null },
  { to: '/settings/users', label: 'Users', needs: 'own' },
  { to: '/settings/tokens', label: 'API tokens', needs: 'own' },
  { to: '/settings/audit', label: 'Audit log', needs: 'edit' },
  { to: '/settings/server', label: 'Server and API', needs: null },
] as const;

export default function SettingsFrame() {
  const session = useSession();
  const navigate = useNavigate();
  const path = useLocation().pathname.replace(/(.)\/$/, '$1');
  return (
    <>
      <Tabs
        value={path}
        mb="lg"
        onChange={(next) => {
          const part = parts.find(({ to }) => to === next);
          if (part) void navigate({ to: part.to });
        }}
      >
        <Tabs.List aria-label="Settings">
          {parts
            .filter(({ needs }) => needs === null || session.can(needs))
            .map(({ to, label }) => (
              <Tabs.Tab key={to} value={to} aria-controls="settings-part">
                {label}
              </Tabs.Tab>
            ))}
        </Tabs.List>
      </Tabs>
      <Box id="settings-part">
        <Outlet />
      </Box>
    </>
  );
}
