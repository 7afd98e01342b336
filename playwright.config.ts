import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/lib/tools.js";

/**
 * Tests start the servers they need themselves, each with a database of its own. Chromium runs without its sandbox
 * (Playwright's default): root cannot have it, an ordinary user in a container neither, and it opens no page but ours.
 */
export default defineConfig({
  testDir: "tests/e2e",
  forbidOnly: true,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 40_000 },
  // Most of the time a test waits, so there are more workers than a small machine has cores.
  workers: 3,
  use: {
    locale: "en",
    // A trace costs a fifth of the time: `npx playwright test --trace on <name>` records one.
    trace: "off",
    launchOptions: {
      executablePath: findChromium(),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    },
  },
  projects: [{ name: "chromium", use: { browserName: "chromium" } }],
});
