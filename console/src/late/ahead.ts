import { outdated } from "./release.ts";

type Load = () => Promise<unknown>;

/** Parts of the desk, in the order in which they were named. Parts that are loaded name further ones. */
const loads: Load[] = [];
let begun = false;
let running = false;
/** Somebody asked for a round since the last one began. */
let wanted = false;

/** Notes a part that is to be loaded before somebody asks for it. */
export function loadAhead(load: Load): void {
  loads.push(load);
  if (begun) void run();
}

/** Begins to load the parts of the desk one by one whenever the browser has nothing else to do. */
export function beginLoadingAhead(): void {
  if (begun || isDear()) return;
  begun = true;
  // What did not come because the network was away is asked for again.
  addEventListener("online", () => void run());
  void run();
}

async function run(): Promise<void> {
  wanted = true;
  if (running) return;
  running = true;
  while (wanted) {
    wanted = false;
    for (const load of loads) {
      await untilIdle();
      // What is missing here by now comes with the reload that is offered.
      if (outdated.snapshot()) continue;
      await load().catch(() => undefined);
    }
  }
  running = false;
}

/** Somebody pays for each byte, or waits for it long enough. */
function isDear(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  return connection?.saveData === true || connection?.effectiveType?.endsWith("2g") === true;
}

function untilIdle(): Promise<unknown> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve, { timeout: 5_000 });
    else setTimeout(resolve, 200);
  });
}
