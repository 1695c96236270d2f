import type { Page } from '@playwright/test';

/** What is measured inside of the page, by its own clock, so that the way from the program that drives it does not count. */

const restMs = 150;

/** Milliseconds from the click on a trace in the list until a frame with its bars has been drawn. */
export async function firstPaintMs(page: Page, traceId: string): Promise<number> {
  const link = page.locator(`a[href*="/traces/${traceId}"]`).first();
  await link.waitFor();
  const painted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const begin = (click: MouseEvent): void => {
          const look = (): void => {
            const canvas = document.querySelector<HTMLCanvasElement>('[role="tree"] + * > canvas');
            const isDrawn = canvas
              ?.getContext('2d')
              ?.getImageData(0, 0, canvas.width, 60)
              .data.some((byte) => byte !== 0);
            // The next frame begins when this one is on its way to the screen.
            if (isDrawn) requestAnimationFrame(() => resolve(performance.now() - click.timeStamp));
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        };
        addEventListener('click', begin, { capture: true, once: true });
      }),
  );
  await link.hover();
  // A pointer rests on a link for longer before the button goes down; keyboards have had the focus there.
  await page.waitForTimeout(restMs);
  await link.click();
  return painted;
}

/**
 * Milliseconds of the page's thread in each of `frames` frames, while it zooms in and out and pans: from the frame's first script until a message that was sent in it is handled, which is after
 * styles, layout and paint.
 */
export function frameMs(page: Page, frames: number): Promise<number[]> {
  return page.evaluate(
    (wanted) =>
      new Promise<number[]>((resolve) => {
        const bars = document.querySelector('[role="tree"] + *');
        if (bars === null) throw new Error('There are no bars.');
        const { left, top, width } = bars.getBoundingClientRect();
        const times: number[] = [];
        let begunMs = 0;
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => {
          times.push(performance.now() - begunMs);
          if (times.length === wanted) resolve(times);
        });
        port1.start();
        const turn = (frame: number): WheelEventInit =>
          frame % 4 === 3 ? { deltaX: frame % 8 < 4 ? 60 : -60 } : { deltaY: frame % 120 < 60 ? -50 : 50, ctrlKey: true };
        const step = (): void => {
          begunMs = performance.now();
          // Asked for before anything else is, so that it is the first script of the next frame, which draws what this one's wheel asks for.
          if (times.length < wanted) requestAnimationFrame(step);
          const place = { clientX: left + width * 0.4, clientY: top + 100, bubbles: true, cancelable: true };
          bars.dispatchEvent(new WheelEvent('wheel', { ...place, ...turn(times.length) }));
          port2.postMessage(undefined);
        };
        requestAnimationFrame(step);
      }),
    frames,
  );
}

/** Milliseconds from the last of a few words typed until the number of matches is on the page. */
export async function findMs(page: Page, text: string): Promise<number> {
  const box = page.getByRole('searchbox', { name: 'Find in this trace' });
  await box.fill('');
  const counted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const input = document.querySelector<HTMLInputElement>('input[aria-label="Find in this trace"]');
        const status = input?.parentElement?.querySelector('[role="status"]');
        if (!input || !status) throw new Error('There is no box to find with.');
        input.addEventListener(
          'input',
          ({ timeStamp }) => {
            const seen = new MutationObserver(() => {
              seen.disconnect();
              resolve(performance.now() - timeStamp);
            });
            seen.observe(status, { childList: true, characterData: true, subtree: true });
          },
          { once: true },
        );
      }),
  );
  await box.fill(text);
  return counted;
}
