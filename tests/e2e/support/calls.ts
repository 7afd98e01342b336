import type { BrowserContext, Page } from "@playwright/test";

type PopUp = { title: string; body: string };

declare global {
  interface Window {
    calls: { tones: number[]; popUps: PopUp[]; shown: Notification[] };
  }
}

/**
 * Notes in every page of this context which tones it begins to sound, by their pitch in hertz, and which pop-ups it
 * shows. The browser does both for real; nobody could hear or see them here.
 */
export async function recordCalls(context: BrowserContext): Promise<void> {
  await context.grantPermissions(["notifications"]);
  await context.addInitScript(() => {
    const calls: Window["calls"] = { tones: [], popUps: [], shown: [] };
    window.calls = calls;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function begin(...parameters) {
      calls.tones.push(Math.round(this.frequency.value));
      return start.apply(this, parameters);
    };
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        calls.popUps.push({ title, body: options?.body ?? "" });
        calls.shown.push(this);
        this.addEventListener("close", () => calls.shown.splice(calls.shown.indexOf(this), 1));
      }
    };
  });
}

/** What the page has called with so far. */
export function callsOf(page: Page): Promise<{ tones: number[]; popUps: PopUp[] }> {
  return page.evaluate(() => ({ tones: window.calls.tones, popUps: window.calls.popUps }));
}

/** Clicks the newest pop-up of the page, as far as a page can tell. */
export async function clickPopUp(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.calls.shown.at(-1)?.dispatchEvent(new Event("click"));
  });
}

/** Takes the focus from a page, as another program's window would, or gives it back: a browser under test always has it. */
export async function setFocus(page: Page, focused: boolean): Promise<void> {
  await page.evaluate((wanted) => {
    document.hasFocus = () => wanted;
    window.dispatchEvent(new Event(wanted ? "focus" : "blur"));
  }, focused);
}
