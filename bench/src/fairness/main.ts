/** The process of those who flood. It is apart from those who are measured, who should only feel the server. */
import { type Flood, type Flooded, flood } from "./floods.ts";

const flooded: Flooded = { accepted: 0, refused: 0, connected: 0, turnedAway: 0 };

process.on("message", (asked: Flood[] | "stop") => {
  if (asked !== "stop") for (const one of asked) flood(one, flooded);
  else process.send?.(flooded, () => process.exit(0));
});
process.on("disconnect", () => process.exit(0));
