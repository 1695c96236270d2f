import type { PlainAttributes, ServiceName } from './plan.ts';
import { resourceAttributes, scopeVersion } from './services.ts';
import type { SampleLog, SampleSpan } from './telemetry.ts';

export interface Origin {
  resource: SampleSpan['resource'];
  instrumentationScope: SampleLog['instrumentationScope'];
}

/** The resource and scope of each record. The serialisers group by identity, so the same service and scope give the same objects. */
export function createOrigins(): (service: ServiceName, scope: string) => Origin {
  const resources = new Map<ServiceName, Origin['resource']>();
  const origins = new Map<string, Origin>();
  return (service, scope) => {
    const resource = getOrCreate(resources, service, () => createResource(resourceAttributes(service)));
    return getOrCreate(origins, `${service} ${scope}`, () => ({
      resource,
      instrumentationScope: { name: scope, version: scopeVersion(scope) },
    }));
  };
}

function createResource(attributes: PlainAttributes): Origin['resource'] {
  const resource: Origin['resource'] = { attributes, merge: () => resource, getRawAttributes: () => Object.entries(attributes) };
  return resource;
}

function getOrCreate<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
