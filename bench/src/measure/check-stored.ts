import { BenchFailure } from "../failure.ts";
import type { Stage } from "./stage.ts";

/** Throws BenchFailure unless the logs hold exactly the messages that were sent, without a gap. */
export async function checkStored({ driver, database, pairs }: Stage): Promise<void> {
  const sent = await driver.ask("sentMessages", { target: "grata" });
  const stored = (await database.storedMessages()) - pairs; // Each chat was opened with one.
  if (stored !== sent) throw new BenchFailure(`${sent} messages were acknowledged and ${stored} are stored.`);
}
