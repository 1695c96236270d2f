import { CodeBlock } from '#ui/widgets/CodeBlock.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import styles from './Recipe.module.css';
import type { Place, Recipe } from './recipes/recipe.ts';
import { type Shell, shellLines, shells } from './shell-lines.ts';
import { useRemembered } from './use-remembered.ts';

const shellNames: Record<Shell, string> = { sh: 'bash, zsh', powershell: 'PowerShell', dotenv: '.env' };

/** A recipe, filled in, with the variables for the shell at hand. */
export const RecipeSteps = ({ recipe, place }: { recipe: Recipe; place: Place }) => {
  const [shell, setShell] = useRemembered<Shell>('setup.shell', shells, /Windows/.test(navigator.userAgent) ? 'powershell' : 'sh');
  return (
    <>
      <ol className={styles['list']}>
        {recipe.steps(place).map((step) => (
          <li key={step.title}>
            <div className={styles['stepHead']}>
              <h3 className={styles['step']}>{step.title}</h3>
              {'variables' in step ? (
                <SegmentedControl
                  label="Shell"
                  segments={shells.map((id) => ({ id, label: shellNames[id] }))}
                  selected={shell}
                  onSelect={setShell}
                />
              ) : undefined}
            </div>
            <CodeBlock code={'variables' in step ? shellLines(shell, step.variables) : step.code} label={`Copy: ${step.title}`} />
            {step.note === undefined ? undefined : <p className={styles['note']}>{step.note}</p>}
          </li>
        ))}
      </ol>
      <p className={styles['note']}>{recipe.note}</p>
    </>
  );
};
