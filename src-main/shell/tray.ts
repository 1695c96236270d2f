import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { Counts } from './live-counts.ts';

export interface TrayActions {
  open: () => void;
  copyEndpoint: () => void;
  quit: () => void;
}

/** Icon in the notification area. What it counts is in the tooltip, and in the menu for desktops that show no tooltips. */
export class CountingTray {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  constructor(icon: string, actions: TrayActions) {
    const image = nativeImage.createFromPath(icon);
    image.setTemplateImage(process.platform === 'darwin');
    this.#tray = new Tray(image);
    this.#actions = actions;
    this.#tray.on('click', actions.open);
    this.show({ traces: 0, spans: 0, errors: 0, logs: 0 });
  }

  show(counts: Counts): void {
    this.#tray.setToolTip(trayTooltip(counts));
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(counts, this.#actions)));
  }

  destroy(): void {
    this.#tray.destroy();
  }
}

const number = new Intl.NumberFormat('en');

function counted(count: number, noun: string): string {
  return `${number.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function trayTooltip({ spans, errors, logs }: Counts): string {
  return `Sidelight: ${counted(spans, 'span')}, ${counted(errors, 'error')}, ${counted(logs, 'log')}`;
}

function trayMenu({ traces, spans, errors, logs }: Counts, actions: TrayActions): MenuItemConstructorOptions[] {
  const rows: [id: string, label: string][] = [
    ['traces', counted(traces, 'trace')],
    ['spans', counted(spans, 'span')],
    ['errors', counted(errors, 'error')],
    ['logs', counted(logs, 'log')],
  ];
  return [
    ...rows.map(([id, label]): MenuItemConstructorOptions => ({ id, label, enabled: false })),
    { type: 'separator' },
    { id: 'open', label: 'Open Sidelight', click: actions.open },
    { id: 'copy-endpoint', label: 'Copy OTLP endpoint', click: actions.copyEndpoint },
    { type: 'separator' },
    { id: 'quit', label: 'Quit Sidelight', click: actions.quit },
  ];
}
