import type { ClosedLoop, ClosedResult } from "./closed-loop.ts";
import type { OpenLoop, OpenResult } from "./open-loop.ts";

export type TargetName = "grata" | "reference";

type On<Input> = { target: TargetName } & Input;

/** What the driver's process can be asked, with its answer. */
export type Commands = {
  /** Where the servers are, the cookies of the agents (one for each pair), and the tokens of visitors who only wait. */
  begin: {
    input: {
      grata: { url: string; channelId: string };
      reference: { url: string };
      cookies: string[];
      idleTokens: string[];
    };
    output: null;
  };
  openIdle: { input: On<{ count: number }>; output: null };
  closeIdle: { input: On<object>; output: null };
  openPairs: { input: On<object>; output: null };
  closedLoop: { input: On<ClosedLoop>; output: ClosedResult };
  openLoop: { input: On<OpenLoop>; output: OpenResult };
  /** All that was sent so far; whatever was not kept has failed a run. */
  sentMessages: { input: On<object>; output: number };
};

export type CommandName = keyof Commands;

/** Over the channel: a command, and what became of it. */
export type Asked = { [Name in CommandName]: { name: Name; input: Commands[Name]["input"] } }[CommandName];
export type Answered = { value: Commands[CommandName]["output"] } | { failure: string };
