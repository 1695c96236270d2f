import { Check, ChevronDown, Copy, Download, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { saveFile } from '#ui/base/save-file.ts';
import { traceAsOtlp, useBridge } from '#ui/bridge/index.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import styles from './CopyTrace.module.css';
import { traceJson } from './trace-json.ts';
import { useTraceLinks } from './use-trace-links.ts';

const words = {
  none: 'Copy',
  copying: 'Copying…',
  copied: 'Copied',
  failed: 'Not copied',
  saving: 'Saving…',
  saved: 'Saved',
  unsaved: 'Not saved',
} as const;
type Outcome = keyof typeof words;
const icons = { none: Copy, copying: Copy, copied: Check, failed: X, saving: Download, saved: Check, unsaved: X } as const;
const underWay: readonly Outcome[] = ['copying', 'saving'];

const shownMs = 2000;

/** A menu of what a trace can be copied or saved as: short for reading, whole, or as a link. */
export const CopyTrace = ({ traceId }: { traceId: string }) => {
  const bridge = useBridge();
  const { outcome, copy, save } = useCopy();
  const links = useTraceLinks(traceId);
  const copyMarkdown = (): void => copy(() => bridge.traces.markdown({ traceId }).then((file) => file.text()));
  useShortcuts([{ keys: 'y', label: 'Copy the trace as Markdown', group: 'Trace', run: copyMarkdown }]);
  const Icon = icons[outcome];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button tone="quiet" className={styles['trigger']} aria-label="Copy the trace" disabled={underWay.includes(outcome)}>
          <Icon aria-hidden />
          <span role="status">{words[outcome]}</span>
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles['menu']} align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item className={styles['item']} onSelect={copyMarkdown}>
            <span className={styles['label']}>Copy as Markdown</span>
            <Kbd keys="y" />
            <span className={styles['hint']}>Root cause, where the time went, the tree of spans; secrets masked</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={styles['item']} onSelect={() => copy(() => traceJson(bridge, traceId))}>
            <span className={styles['label']}>Copy as JSON</span>
            <span className={styles['hint']}>Every span with every field, as it was sent; nothing masked</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={styles['item']}
            onSelect={() => save(async () => saveFile(await traceAsOtlp(bridge, traceId), `${traceId}.otlp.jsonl`))}
          >
            <span className={styles['label']}>Download OTLP JSON</span>
            <span className={styles['hint']}>Spans and log records as a file that can be opened again, here or elsewhere</span>
          </DropdownMenu.Item>
          {links.map(({ label, hint, link }) => (
            <DropdownMenu.Item key={label} className={styles['item']} onSelect={() => copy(() => Promise.resolve(link))}>
              <span className={styles['label']}>{label}</span>
              <span className={styles['hint']}>{hint}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
};

const useCopy = () => {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none' || underWay.includes(outcome)) return undefined;
    const timer = setTimeout(() => setOutcome('none'), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = (read: () => Promise<string>): void => {
    setOutcome('copying');
    // The item is made at once and filled later: a browser allows copying only while it remembers the click.
    const text = read().then((found) => new Blob([found], { type: 'text/plain' }));
    navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  const save = (work: () => Promise<void>): void => {
    setOutcome('saving');
    work().then(
      () => setOutcome('saved'),
      () => setOutcome('unsaved'),
    );
  };
  return { outcome, copy, save };
};
