/** The process that plays the clients. It is apart from everything else so that its CPU is charged to nobody. */
import { sentenceOf } from "../failure.ts";
import { runClosedLoop } from "./closed-loop.ts";
import type { Answered, Asked, Commands, TargetName } from "./commands.ts";
import { Load } from "./load.ts";
import { runOpenLoop } from "./open-loop.ts";
import { type Target, targetsOf } from "./targets.ts";

type Playing = { target: Target; load: Load | undefined; idle: { close(): void }[] };

const playing = new Map<TargetName, Playing>();

function begin(input: Commands["begin"]["input"]): null {
  const { grata, reference } = targetsOf(input);
  playing.set("grata", { target: grata, load: undefined, idle: [] });
  playing.set("reference", { target: reference, load: undefined, idle: [] });
  return null;
}

async function carryOut({ name, input }: Asked): Promise<Commands[Asked["name"]]["output"]> {
  if (name === "begin") return begin(input);
  const at = playing.get(input.target);
  if (!at) throw new Error("The driver was not begun.");
  switch (name) {
    case "openIdle":
      at.idle.push(...(await at.target.openIdle(input.count)));
      return null;
    case "closeIdle":
      for (const connection of at.idle.splice(0)) connection.close();
      return null;
    case "openPairs":
      at.load = new Load(await at.target.openPairs());
      return null;
    case "closedLoop":
      return runClosedLoop(loadOf(at), input);
    case "openLoop":
      return runOpenLoop(loadOf(at), input);
    case "sentMessages":
      return loadOf(at).sent;
  }
}

function loadOf({ load }: Playing): Load {
  if (!load) throw new Error("The pairs were not opened.");
  return load;
}

async function answer(asked: Asked): Promise<Answered> {
  try {
    return { value: await carryOut(asked) };
  } catch (error) {
    return { failure: sentenceOf(error) };
  }
}

process.on("message", (asked: Asked) => void answer(asked).then((answered) => process.send?.(answered)));

process.on("disconnect", () => process.exit(0));
