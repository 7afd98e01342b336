import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Stage, say } from "../measure/stage.ts";
import { openInspector } from "./inspector.ts";
import { type Cost, costsByFunction, costsByPlace } from "./summary.ts";

const seconds = 6;
const shown = 30;

/** Profiles the server under both kinds of load, writes the profiles into a folder, and says what costs most. */
export async function profileLoads(stage: Stage, folder: string): Promise<void> {
  const { driver, inFlight, servers } = stage;
  const inspector = await openInspector(servers.grata);
  await mkdir(folder, { recursive: true });
  const loads = {
    "closed-loop": () => driver.ask("closedLoop", { target: "grata", inFlight, seconds }),
    "open-loop": () => driver.ask("openLoop", { target: "grata", rate: 1000, seconds }),
  };
  for (const [name, load] of Object.entries(loads)) {
    const profile = await inspector.profile(load);
    const file = join(folder, `${name}.cpuprofile`);
    await writeFile(file, JSON.stringify(profile));
    say(`\n${file}\n${table(costsByPlace(profile))}\n\n${table(costsByFunction(profile))}`);
  }
  inspector.close();
}

function table(costs: Cost[]): string {
  const total = costs.reduce((sum, cost) => sum + cost.milliseconds, 0);
  return costs
    .slice(0, shown)
    .map(({ where, milliseconds }) => `${((100 * milliseconds) / total).toFixed(1).padStart(6)} %  ${where}`)
    .join("\n");
}
