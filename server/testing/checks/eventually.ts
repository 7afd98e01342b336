import { expect } from "vitest";

/** Waits until the check holds: for a state, never for a time. Fails with the check's own words after 20 s. */
export function eventually(check: () => unknown, timeout = 20_000): Promise<void> {
  return expect
    .poll(
      async () => {
        await check();
        return true;
      },
      { timeout, interval: 10 },
    )
    .toBe(true);
}
