import type { Subject } from '#proto/model/query-fields';
import type { Resource } from '#proto/model/resource';
import { AttributeTable } from './AttributeTable.tsx';
import { FactList } from './FactList.tsx';
import { SchemaFact } from './ScopeDetails.tsx';

/** What sent a span or a log record: a service, its process and its machine. */
export const ResourceDetails = ({ resource, subject }: { resource: Resource; subject: Subject }) => (
  <>
    <AttributeTable
      label="Resource attributes"
      attributes={resource.attributes}
      droppedCount={resource.droppedAttributesCount}
      subject={subject}
    />
    <FactList>
      <SchemaFact url={resource.schemaUrl} />
    </FactList>
  </>
);
