import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type Frame, launch, type Page } from "puppeteer-core";
import { findFirefox } from "../../../scripts/lib/tools.js";

/** Firefox, driven by WebDriver BiDi: the release that people have, not a build made for tests. */
export type Firefox = { browser: Browser; close(): Promise<void> };

export async function launchFirefox(): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), "grata-firefox-"));
  await chmod(profile, 0o700);
  const browser = await launch({
    browser: "firefox",
    executablePath: findFirefox() ?? "firefox",
    headless: true,
    userDataDir: profile,
    // A home folder of its own: as root Firefox refuses that of another user.
    env: { ...process.env, HOME: profile },
    extraPrefsFirefox: { "intl.accept_languages": "en", "intl.locale.requested": "en-US" },
  });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** The first thing with this role and name, once it is there; clicks, fills and reads wait for it. */
export const named = (where: Page | Frame, role: string, name: string) =>
  where.locator(`::-p-aria(${name}[role="${role}"])`);

/** Resolves when this text is to be read there. */
export async function reads(where: Page | Frame, text: string): Promise<void> {
  await where.waitForFunction(
    (wanted) => document.body.innerText.includes(wanted),
    { timeout: 20_000 },
    text,
  );
}
