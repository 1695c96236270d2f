import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { ServiceSummary } from '#proto/bridge/shapes';
import { formatShortCount } from '#proto/text/count';
import { servicesQuery, useBridge } from '#ui/bridge/index.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { ServiceBadge } from './ServiceBadge.tsx';
import styles from './ServiceFilter.module.css';

interface ServiceFilterProps {
  selected: readonly string[];
  onToggle: (name: string) => void;
  /** What the number beside a service counts. */
  countOf: (service: ServiceSummary) => number;
}

/** A menu of the services that have sent anything; type to jump to one. The list is asked for when the menu opens. */
export const ServiceFilter = ({ selected, onToggle, countOf }: ServiceFilterProps) => {
  const [isOpen, setIsOpen] = useState(false);
  const services = useQuery({ ...servicesQuery(useBridge()), enabled: isOpen, staleTime: 2000 });
  const counts = new Map<string, number>();
  for (const service of services.data?.items ?? []) {
    if (service.name !== '') counts.set(service.name, (counts.get(service.name) ?? 0) + countOf(service));
  }
  return (
    <DropdownMenu.Root open={isOpen} onOpenChange={setIsOpen} modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button className={styles['trigger']}>
          Service
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles['menu']} align="end" sideOffset={4} collisionPadding={8}>
          {counts.size === 0 ? (
            <p className={styles['note']}>{services.isPending ? 'Looking…' : 'No service has sent anything yet.'}</p>
          ) : undefined}
          {[...counts].map(([name, count]) => (
            <DropdownMenu.CheckboxItem
              key={name}
              className={styles['item']}
              textValue={name}
              checked={selected.includes(name)}
              onCheckedChange={() => onToggle(name)}
            >
              <ServiceBadge name={name} />
              <span className={styles['count']}>{formatShortCount(count)}</span>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
};
