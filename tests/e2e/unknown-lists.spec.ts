import { enterConsole, expect, test } from "./support/fixtures.ts";

test("C3: nothing is said of a wait list that is not known yet", async ({ page, server }) => {
  await enterConsole(page, server);
  await expect(page.getByText("Nobody is waiting.")).toBeVisible();
  // A line that never says anything.
  await page.routeWebSocket(/\/realtime/, () => undefined);
  await page.reload();
  await expect(page.getByText("Connecting…")).toBeVisible();
  await expect(page.getByText("Nobody is waiting.")).toHaveCount(0);
});
