import { fileURLToPath } from "node:url";
import { BenchFailure } from "../failure.ts";
import { startChild } from "../system/child.ts";
import type { Answered, CommandName, Commands } from "./commands.ts";

/** The driver's process, seen from outside. One command at a time. */
export type Driver = {
  ask<Name extends CommandName>(
    name: Name,
    input: Commands[Name]["input"],
  ): Promise<Commands[Name]["output"]>;
  end(): Promise<void>;
};

/** Starts the process that plays the clients. */
export function startDriver(): Driver {
  const child = startChild([fileURLToPath(new URL("main.ts", import.meta.url))], {});
  let waiting: PromiseWithResolvers<unknown> | undefined;
  child.process.on("message", (answered: Answered) => {
    if ("failure" in answered) waiting?.reject(new BenchFailure(answered.failure));
    else waiting?.resolve(answered.value);
  });
  void child.ended.then(() => waiting?.reject(new BenchFailure("The driver ended before its time.")));
  return {
    async ask(name, input) {
      waiting = Promise.withResolvers();
      child.process.send({ name, input });
      // The answer to a command is of the type that `Commands` names.
      return (await waiting.promise) as Commands[typeof name]["output"];
    },
    end: () => child.end("SIGKILL"),
  };
}
