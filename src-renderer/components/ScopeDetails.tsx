import type { Subject } from '#proto/model/query-fields';
import type { Scope } from '#proto/model/resource';
import { AttributeTable } from './AttributeTable.tsx';
import { Fact, FactList } from './FactList.tsx';
import { InertText } from './InertText.tsx';
import styles from './ScopeDetails.module.css';

/** The library that recorded a span or a log record. */
export const ScopeDetails = ({ scope, subject }: { scope: Scope; subject: Subject }) => (
  <>
    <FactList>
      <Fact name="Name">
        {scope.name === '' ? <em className={styles['absent']}>not set</em> : <InertText text={scope.name.slice(0, 500)} />}
      </Fact>
      {scope.version === '' ? undefined : (
        <Fact name="Version">
          <InertText text={scope.version.slice(0, 200)} />
        </Fact>
      )}
      <SchemaFact url={scope.schemaUrl} />
    </FactList>
    {scope.attributes.length > 0 || scope.droppedAttributesCount > 0 ? (
      <AttributeTable
        label="Scope attributes"
        attributes={scope.attributes}
        droppedCount={scope.droppedAttributesCount}
        subject={subject}
      />
    ) : undefined}
  </>
);

/** Which version of the semantic conventions a resource or a scope says that it follows. */
export const SchemaFact = ({ url }: { url: string }) =>
  url === '' ? undefined : (
    <Fact name="Schema">
      <InertText text={url.slice(0, 300)} />
    </Fact>
  );
