import { Tabs } from 'radix-ui';
import { useState } from 'react';
import type { EngineStatus } from '#proto/bridge/shapes';
import { FirstSpan } from './FirstSpan.tsx';
import { firstSpanOf } from './first-span.ts';
import styles from './Recipe.module.css';
import { RecipeSteps } from './RecipeSteps.tsx';
import { recipes, type Target, targets } from './recipes/all.ts';
import { placeOf } from './recipes/recipe.ts';
import { defaultServiceName, serviceName } from './service-name.ts';
import type { LiveServices } from './use-live-services.ts';

interface RecipeProps {
  status: EngineStatus;
  services: LiveServices | undefined;
  target: Target;
  onTarget: (target: Target) => void;
}

/** The exact lines for one language or place, for a service of one's own name, and whether its first span has arrived. */
export const Recipe = ({ status, services, target, onTarget }: RecipeProps) => {
  const [name, setName] = useState(defaultServiceName);
  const place = placeOf(status, name === '' ? defaultServiceName : name);
  return (
    <section aria-labelledby="recipe-heading">
      <h2 id="recipe-heading" className={styles['title']}>
        Point a service at it
      </h2>
      <div className={styles['service']}>
        <label className={styles['label']} htmlFor="service-name">
          Service name
        </label>
        <input
          id="service-name"
          className={styles['input']}
          type="text"
          value={name}
          placeholder={defaultServiceName}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => setName(serviceName(event.target.value))}
        />
        {services === undefined ? undefined : (
          <FirstSpan waitingFor={name} arrived={firstSpanOf(services.services, name, services.known)} />
        )}
      </div>
      <Tabs.Root
        className={styles['recipe']}
        orientation="vertical"
        value={target}
        onValueChange={(id) => {
          const chosen = targets.find((known) => known === id);
          if (chosen !== undefined) onTarget(chosen);
        }}
      >
        <Tabs.List className={styles['targets']} aria-label="Language">
          {targets.map((id) => (
            <Tabs.Trigger key={id} value={id} className={styles['target']}>
              {recipes[id].label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content key={target} value={target} className={styles['steps']} tabIndex={-1}>
          {place === undefined ? (
            <p className={styles['problem']}>
              No receiver is listening, so there is no address to send to. Give one of them a free port first.
            </p>
          ) : (
            <RecipeSteps recipe={recipes[target]} place={place} />
          )}
        </Tabs.Content>
      </Tabs.Root>
    </section>
  );
};
