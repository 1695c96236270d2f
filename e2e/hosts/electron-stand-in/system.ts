/** What the shell asked of the system outside its windows. Recorded, so that a test can look; nothing is opened, shown or copied. */
const nothing = { opened: [] as string[], copied: '', errors: [] as { title: string; content: string }[] };

export const recorded = structuredClone(nothing);

export function forgetRecorded(): void {
  Object.assign(recorded, structuredClone(nothing));
}

export const shell = {
  async openExternal(address: string): Promise<void> {
    recorded.opened.push(address);
  },
};

export const clipboard = {
  async writeText(text: string): Promise<void> {
    recorded.copied = text;
  },
};

export const dialog = {
  showErrorBox(title: string, content: string): void {
    recorded.errors.push({ title, content });
    process.stderr.write(`[dialog] ${title}: ${content}\n`);
  },
};

export const screen = {
  getAllDisplays(): object[] {
    return [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }];
  },
};
