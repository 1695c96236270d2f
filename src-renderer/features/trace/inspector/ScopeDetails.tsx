import type { Scope } from '#proto/model/resource';
import { AttributeTable } from '#ui/components/AttributeTable.tsx';
import { Fact, FactList } from '#ui/components/FactList.tsx';
import { InertText } from '#ui/components/InertText.tsx';
import styles from './SpanInspector.module.css';

/** The library that recorded the span. */
export const ScopeDetails = ({ scope }: { scope: Scope }) => (
  <>
    <FactList>
      <Fact name="Name">
        {scope.name === '' ? <span className={styles['note']}>none</span> : <InertText text={scope.name.slice(0, 500)} />}
      </Fact>
      {scope.version === '' ? undefined : (
        <Fact name="Version">
          <InertText text={scope.version.slice(0, 200)} />
        </Fact>
      )}
      {scope.schemaUrl === '' ? undefined : (
        <Fact name="Schema">
          <InertText text={scope.schemaUrl.slice(0, 300)} />
        </Fact>
      )}
    </FactList>
    {scope.attributes.length > 0 || scope.droppedAttributesCount > 0 ? (
      <AttributeTable label="Scope attributes" attributes={scope.attributes} droppedCount={scope.droppedAttributesCount} />
    ) : undefined}
  </>
);
