import { useState } from 'react';
import { readPreference, writePreference } from '#ui/base/preference.ts';
import { CodeBlock } from '#ui/widgets/CodeBlock.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import { Tabs } from '#ui/widgets/Tabs.tsx';
import styles from './Guide.module.css';
import { type Endpoints, type Language, languages, recipes, type Shell, shellLines, shells, variablesFor } from './snippets.ts';

const shellNames: Record<Shell, string> = { sh: 'bash, zsh', powershell: 'PowerShell', dotenv: '.env' };

/** A choice that is remembered: who wrote Go yesterday writes Go today. */
const useRemembered = <Choice extends string>(
  key: string,
  choices: readonly Choice[],
  first: Choice,
): [Choice, (choice: Choice) => void] => {
  const [choice, setChoice] = useState(() => choices.find((known) => known === readPreference(key)) ?? first);
  return [
    choice,
    (next) => {
      setChoice(next);
      writePreference(key, next);
    },
  ];
};

/** The exact lines for one language. */
export const Recipe = ({ endpoints }: { endpoints: Endpoints }) => {
  const [language, setLanguage] = useRemembered<Language>('setup.language', languages, 'python');
  const [shell, setShell] = useRemembered<Shell>('setup.shell', shells, /Windows/.test(navigator.userAgent) ? 'powershell' : 'sh');
  const variables = variablesFor(language, endpoints);
  const { install, run, note } = recipes[language];
  return (
    <section className={styles['section']} aria-labelledby="recipe-heading">
      <h2 id="recipe-heading" className={styles['title']}>
        Point a service at it
      </h2>
      <Tabs label="Language" tabs={languages.map((id) => ({ id, label: recipes[id].label }))} selected={language} onSelect={setLanguage}>
        <ol className={styles['steps']}>
          {install === '' ? undefined : (
            <li>
              <h3 className={styles['step']}>Add OpenTelemetry</h3>
              <CodeBlock code={install} label="Copy the installation" />
            </li>
          )}
          <li>
            <div className={styles['stepHead']}>
              <h3 className={styles['step']}>Tell it where to send</h3>
              <SegmentedControl
                label="Shell"
                segments={shells.map((id) => ({ id, label: shellNames[id] }))}
                selected={shell}
                onSelect={setShell}
              />
            </div>
            {variables.length === 0 ? (
              <p className={styles['problem']}>
                No receiver is listening, so there is no address to send to. Give one of them a free port first.
              </p>
            ) : (
              <CodeBlock code={shellLines(shell, variables)} label="Copy the variables" />
            )}
            <p className={styles['text']}>
              SDKs send every five seconds or so; the two delays make that half a second, which suits a person who is watching. Programs
              that read <code>OTLP_ENDPOINT</code> take the same address.
            </p>
          </li>
          {run === '' ? undefined : (
            <li>
              <h3 className={styles['step']}>{language === 'go' || language === 'dotnet' ? 'In the program' : 'Run it'}</h3>
              <CodeBlock code={run} label="Copy the code" />
            </li>
          )}
        </ol>
        <p className={styles['text']}>{note}</p>
      </Tabs>
    </section>
  );
};
