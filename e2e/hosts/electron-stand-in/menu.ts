import { loud, refuseUnknown } from './loud.ts';

interface Template {
  id?: string;
  label?: string;
  role?: string;
  type?: string;
  accelerator?: string;
  enabled?: boolean;
  checked?: boolean;
  click?: () => void;
  submenu?: Template[];
}

/** An item as a test sees it. */
export interface MenuItemView {
  id?: string;
  label: string;
  enabled: boolean;
  checked: boolean;
}

const knownKeys = ['id', 'label', 'role', 'type', 'accelerator', 'enabled', 'checked', 'click', 'submenu'];

export class Menu {
  static application: Menu | undefined;
  readonly #items: Template[];

  private constructor(template: Template[]) {
    this.#items = template.flatMap(flat);
  }

  static buildFromTemplate(template: Template[]): Menu {
    return loud('Menu', new Menu(template));
  }

  static setApplicationMenu(menu: Menu): void {
    Menu.application = menu;
  }

  /** Every item, submenus flattened. */
  view(): MenuItemView[] {
    return this.#items.map(({ id, label, role, enabled, checked }) => ({
      ...(id === undefined ? {} : { id }),
      label: (label ?? role ?? '').replace('&', ''),
      enabled: enabled ?? true,
      checked: checked ?? false,
    }));
  }

  /** As a person clicks it; a radio item takes the mark from its neighbours. */
  click(id: string): void {
    const item = this.#items.find((candidate) => candidate.id === id);
    if (item?.click === undefined || item.enabled === false) throw new Error(`There is no item ${id} to click.`);
    if (item.type === 'radio') {
      for (const other of this.#items.filter(({ type }) => type === 'radio')) other.checked = other === item;
    }
    item.click();
  }
}

function flat(item: Template): Template[] {
  refuseUnknown('MenuItem', item, knownKeys);
  return [item, ...(item.submenu ?? []).flatMap(flat)];
}
