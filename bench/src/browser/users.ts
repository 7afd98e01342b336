import type { Page } from "@playwright/test";
import { type Latencies, summarise } from "../driver/percentiles.ts";
import { lookOutFor, now, paintedAt } from "./stopwatch.ts";

/** Searching, sorting, turning pages and scrolling in the list of users: how long until it shows, and what it blocks. */
export async function measureUsers(
  page: Page,
  times: number,
): Promise<{ answers: Latencies; tasks: Latencies }> {
  await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
  await page.getByRole("row").nth(20).waitFor();
  const tasks = await observeTasks(page);
  const all: number[] = [];
  for (let time = 0; time < times; time++) {
    all.push(await search(page, 1000 + time * 37));
    for (const first of ["agent999@example.test", "ada@example.test"]) all.push(await sort(page, first));
    await turnAndScroll(page);
  }
  return { answers: summarise(all), tasks: summarise(await tasks()) };
}

/** From the last letter to the one user whom it finds; then everybody again. */
async function search(page: Page, number: number): Promise<number> {
  const field = page.getByLabel("Search by name or address");
  const found = `agent${number}@example.test`;
  await lookOutFor(page, found);
  await field.pressSequentially(found.slice(0, -1), { delay: 20 });
  const begin = now();
  await field.press(found.slice(-1));
  const answer = (await paintedAt(page, found)) - begin;
  await field.fill("");
  await page.getByRole("row").nth(20).waitFor();
  return answer;
}

/** From a click on the column of the names to the other end of the list. */
async function sort(page: Page, first: string): Promise<number> {
  await lookOutFor(page, first);
  const begin = now();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  return (await paintedAt(page, first)) - begin;
}

async function turnAndScroll(page: Page): Promise<void> {
  for (let turn = 1; turn <= 3; turn++) {
    await page.mouse.move(700, 500);
    for (let step = 0; step < 10; step++) await page.mouse.wheel(0, 400);
    await page.getByRole("button", { name: "Next page" }).click();
    await page.getByText(`Page ${turn + 1}`).waitFor();
  }
}

/** Notes what blocks the page for more than 50 ms, which is what browsers call long. */
async function observeTasks(page: Page): Promise<() => Promise<number[]>> {
  const lengths = await page.evaluateHandle<number[]>(`(() => {
    const seen = [];
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) seen.push(task.duration);
    }).observe({ type: "longtask" });
    return seen;
  })()`);
  return () => lengths.jsonValue();
}
