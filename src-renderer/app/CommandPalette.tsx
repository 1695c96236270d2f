import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import {
  CircleAlert,
  FlaskConical,
  FolderOpen,
  GitCompareArrows,
  Keyboard,
  Plug,
  ScrollText,
  Stethoscope,
  SunMoon,
  Waypoints,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { servicesQuery, useBridge } from '#ui/bridge/index.ts';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { useOpenFiles } from '#ui/features/files/index.ts';
import { serviceTerm } from '#ui/model/query-text.ts';
import { setTheme, shownTheme } from '#ui/state/theme.ts';
import { Dialog } from '#ui/widgets/Dialog.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import styles from './CommandPalette.module.css';
import { views } from './views.ts';

const viewIcons = {
  '/traces': <Waypoints aria-hidden />,
  '/logs': <ScrollText aria-hidden />,
  '/compare': <GitCompareArrows aria-hidden />,
  '/files': <FolderOpen aria-hidden />,
  '/doctor': <Stethoscope aria-hidden />,
  '/setup': <Plug aria-hidden />,
};

/** More would make typing slow; the service menu of the list has them all. */
const mostServices = 300;

/** Everything that can be done, by typing a part of its name. */
export const CommandPalette = ({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) => {
  const bridge = useBridge();
  const navigate = useNavigate();
  const openFiles = useOpenFiles();
  const services = useQuery(servicesQuery(bridge));
  const names = [...new Set((services.data?.items ?? []).map(({ name }) => name))].filter((name) => name !== '').slice(0, mostServices);
  const send = useMutation({
    mutationFn: () => bridge.samples.send(),
    onSuccess: () => {
      onClose();
      void navigate({ to: '/traces' });
    },
  });
  const run = (action: () => void) => (): void => {
    onClose();
    action();
  };
  return (
    <Dialog label="Commands" onClose={onClose} className={styles['palette']}>
      <Command
        label="Commands"
        loop
        className={styles['command']}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            onClose();
          }
        }}
      >
        <Command.Input data-focus-first className={styles['input']} placeholder="Go to, filter, do…" />
        <Command.List className={styles['list']}>
          <Command.Empty className={styles['empty']}>No command has that in its name.</Command.Empty>
          <Command.Group heading="Go to">
            {views.map(({ to, label, keys }) => (
              <Item key={to} icon={viewIcons[to]} keys={keys} onSelect={run(() => void navigate({ to }))}>
                {label}
              </Item>
            ))}
            <Item icon={<CircleAlert aria-hidden />} onSelect={run(() => void navigate({ to: '/traces', search: { q: 'status:error' } }))}>
              Traces with errors
            </Item>
          </Command.Group>
          <Command.Group heading="Do">
            <Item icon={<FolderOpen aria-hidden />} keys="Mod+o" onSelect={run(() => openFiles())}>
              Open files…
            </Item>
            <Item icon={<SunMoon aria-hidden />} onSelect={run(() => setTheme(shownTheme() === 'dark' ? 'light' : 'dark'))}>
              {shownTheme() === 'dark' ? 'Light theme' : 'Dark theme'}
            </Item>
            <Item icon={<SunMoon aria-hidden />} onSelect={run(() => setTheme('system'))}>
              Theme of the system
            </Item>
            <Item icon={<FlaskConical aria-hidden />} onSelect={() => send.mutate()}>
              {send.isPending ? 'Sending sample traces…' : 'Send sample traces'}
            </Item>
            <Item icon={<Keyboard aria-hidden />} keys="?" onSelect={run(onHelp)}>
              Keyboard shortcuts
            </Item>
          </Command.Group>
          {names.length === 0 ? undefined : (
            <Command.Group heading="Traces of a service">
              {names.map((name) => (
                <Item
                  key={name}
                  value={`service ${name}`}
                  onSelect={run(() => void navigate({ to: '/traces', search: { q: serviceTerm(name) } }))}
                >
                  <ServiceBadge name={name} />
                </Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
        {send.isError ? (
          <p className={styles['problem']} role="alert">
            The samples could not be sent: {send.error.message}
          </p>
        ) : undefined}
      </Command>
    </Dialog>
  );
};

interface ItemProps {
  icon?: ReactNode;
  keys?: string;
  value?: string;
  onSelect: () => void;
  children: ReactNode;
}

const Item = ({ icon, keys, value, onSelect, children }: ItemProps) => (
  <Command.Item className={styles['item']} onSelect={onSelect} {...(value === undefined ? {} : { value })}>
    {icon}
    <span className={styles['label']}>{children}</span>
    {keys === undefined ? undefined : <Kbd keys={keys} />}
  </Command.Item>
);
