import { outdated } from "./release.ts";

type Load = () => Promise<unknown>;

/** Parts of the desk, in the order in which they were named. Parts that are loaded name further ones. */
const loads: Load[] = [];
let begun = false;
let running = false;
/** True when a round was asked for since the last one began. */
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
  // Asks again for parts that a lost network kept away.
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
      // The reload on offer brings the parts that are missing.
      if (outdated.snapshot()) continue;
      await load().catch(() => undefined);
    }
  }
  running = false;
}

/** True on metered or very slow connections. */
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
