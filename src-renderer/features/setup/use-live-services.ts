import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ServiceSummary } from '#proto/bridge/shapes';
import { servicesQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';

export interface LiveServices {
  services: readonly ServiceSummary[];
  /** Names of those that had sent something when the page was opened. */
  known: ReadonlySet<string>;
}

/** The services that have sent anything, kept up to date. `undefined` until the first answer. */
export const useLiveServices = (): LiveServices | undefined => {
  const { data, refetch } = useQuery(servicesQuery(useBridge()));
  const change = useChange();
  useRefresh(async () => void (await refetch()), String(change?.version), 'services', 500);
  const [known, setKnown] = useState<ReadonlySet<string>>();
  if (data === undefined) return undefined;
  if (known !== undefined) return { services: data.items, known };
  const names = new Set(data.items.map(({ name }) => name));
  setKnown(names);
  return { services: data.items, known: names };
};
