import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { plural } from '#proto/text/count';
import { statusQuery, useBridge } from '#ui/bridge/index.ts';
import { inertText } from '#proto/text/inert-text';
import { readQuery } from '#ui/model/query-text.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { CodeBlock } from '#ui/widgets/CodeBlock.tsx';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { Tabs } from '#ui/widgets/Tabs.tsx';
import { type Language, languages, logSetup } from './log-setup.ts';
import type { LogsSearch } from './logs-search.ts';
import styles from './NoLogs.module.css';

/** Nothing is stored: what a service has to be told so that its logs come here. */
export const NoLogsYet = () => {
  const bridge = useBridge();
  const status = useQuery(statusQuery(bridge));
  const samples = useMutation({ mutationFn: () => bridge.samples.send() });
  const [language, setLanguage] = useState<Language>('python');
  const url = (protocol: 'grpc' | 'http'): string => status.data?.receivers.find((receiver) => receiver.protocol === protocol)?.url ?? '';
  const setup = logSetup(language, { grpcUrl: url('grpc') || 'http://localhost:4317', httpUrl: url('http') || 'http://localhost:4318' });
  return (
    <EmptyState
      title="No logs yet"
      actions={
        <Button disabled={samples.isPending} onClick={() => samples.mutate()}>
          {samples.isPending ? 'Sending…' : 'Send sample traces and logs'}
        </Button>
      }
    >
      <p>Lines appear here as soon as a service exports them. Most SDKs send traces at once, but logs only when they are told to:</p>
      <div className={styles['setup']}>
        <Tabs label="Language" tabs={languages} selected={language} onSelect={setLanguage}>
          <div className={styles['code']}>
            <CodeBlock code={setup.commands} label="Copy the commands" />
          </div>
          <p className={styles['note']}>{setup.note}</p>
        </Tabs>
      </div>
      <p className={styles['note']}>
        {samples.isError ? (
          `The samples could not be sent: ${samples.error.message}`
        ) : (
          <>
            Other languages and traces: see <Link to="/setup">Setup</Link>.
          </>
        )}
      </p>
    </EmptyState>
  );
};

/** Nothing matches: what was asked for in words, out of how much, and the way back. */
export const NoLogMatches = ({ search, onSearch }: { search: LogsSearch; onSearch: (change: Partial<LogsSearch>) => void }) => {
  const status = useQuery(statusQuery(useBridge()));
  const isFiltered = search.q !== '' || search.severity !== undefined;
  const place = search.span !== undefined ? 'span' : 'trace';
  return (
    <EmptyState
      title={isFiltered ? 'No line matches' : `Nothing was logged in this ${place}`}
      actions={
        <>
          {isFiltered ? <Button onClick={() => onSearch({ q: '', severity: undefined })}>Clear the filter</Button> : undefined}
          {search.span !== undefined && search.trace !== undefined ? (
            <Button onClick={() => onSearch({ span: undefined })}>Show the whole trace’s logs</Button>
          ) : undefined}
        </>
      }
    >
      {isFiltered ? (
        <p>
          You asked for lines {wishes(search)}
          {status.data === undefined ? '' : `, among ${plural(status.data.stored.logs, 'line')} that are stored`}. New ones that match
          appear here as they arrive.
        </p>
      ) : (
        <p>
          A line belongs to a {place} when its logger knows the current span. <Link to="/logs">All logs</Link> also shows the lines that do
          not say.
        </p>
      )}
    </EmptyState>
  );
};

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const wishes = ({ q, trace, span, severity }: LogsSearch): string => {
  const { services, errorsOnly, rest } = readQuery(q);
  return new Intl.ListFormat('en-GB').format([
    ...(span !== undefined ? ['of this span'] : trace === undefined ? [] : ['of this trace']),
    ...(services.length === 0 ? [] : [`from ${either.format(services.map((name) => inertText(name)))}`]),
    ...(severity === undefined ? [] : [`of severity ${severity} or above`]),
    ...(errorsOnly ? ['with status:error'] : []),
    ...(rest === '' ? [] : [`that match “${inertText(rest)}”`]),
  ]);
};
