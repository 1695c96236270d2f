import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { formatShortCount } from '#ui/base/count.ts';
import { servicesQuery, useBridge } from '#ui/bridge/index.ts';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { Button } from '#ui/widgets/Button.tsx';
import styles from './TraceQueryBar.module.css';

/** A menu of the services that have sent anything; type to jump to one. The list is asked for when the menu opens. */
export const ServiceFilter = ({ selected, onToggle }: { selected: readonly string[]; onToggle: (name: string) => void }) => {
  const [isOpen, setIsOpen] = useState(false);
  const services = useQuery({ ...servicesQuery(useBridge()), enabled: isOpen, staleTime: 2000 });
  const names = [...new Map((services.data?.items ?? []).filter(({ name }) => name !== '').map((service) => [service.name, service])).values()];
  return (
    <DropdownMenu.Root open={isOpen} onOpenChange={setIsOpen} modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button>
          Service
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles['menu']} align="end" sideOffset={4} collisionPadding={8}>
          {names.length === 0 ? <p className={styles['menuNote']}>{services.isPending ? 'Looking…' : 'No service has sent anything yet.'}</p> : undefined}
          {names.map((service) => (
            <DropdownMenu.CheckboxItem
              key={service.name}
              className={styles['menuItem']}
              textValue={service.name}
              checked={selected.includes(service.name)}
              onCheckedChange={() => onToggle(service.name)}
            >
              <ServiceBadge name={service.name} />
              <span className={styles['menuCount']}>{formatShortCount(service.spanCount)}</span>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
};
