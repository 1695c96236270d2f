import type { ServiceSummary } from '#proto/bridge/shapes';
import { selfTestService } from '#proto/bridge/doctor';
import { defaultServiceName } from './service-name.ts';

/**
 * The service whose spans a person waits for, once they are there: the one of that name; and as long as they have not named it themselves, whichever is new
 * since `known` was taken down.
 */
export const firstSpanOf = (services: readonly ServiceSummary[], name: string, known: ReadonlySet<string>): ServiceSummary | undefined => {
  const sending = services.filter(({ spanCount }) => spanCount > 0);
  const named = sending.find((service) => service.name === name);
  if (named !== undefined || name !== defaultServiceName) return named;
  return sending.find((service) => !known.has(service.name) && service.name !== selfTestService);
};
