import type { Resource } from '#proto/model/resource';
import { AttributeTable } from './AttributeTable.tsx';
import { FactList } from './FactList.tsx';
import { SchemaFact } from './ScopeDetails.tsx';

/** What sent a span or a log record: a service, its process and its machine. */
export const ResourceDetails = ({ resource }: { resource: Resource }) => (
  <>
    <AttributeTable label="Resource attributes" attributes={resource.attributes} droppedCount={resource.droppedAttributesCount} />
    <FactList>
      <SchemaFact url={resource.schemaUrl} />
    </FactList>
  </>
);
