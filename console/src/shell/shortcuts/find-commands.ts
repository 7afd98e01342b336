import { fuzzyScore } from "./fuzzy.ts";

const commandGroups = ["chats", "waiting", "actions", "pages"] as const;
export type CommandGroup = (typeof commandGroups)[number] | "customers" | "messages";

/** Something that the command bar leads to. */
export interface Command {
  /** Unique, and good for an id on the page. */
  id: string;
  group: CommandGroup;
  label: string;
  /** What else it is found by and what tells it from another of the same name. */
  hint?: string;
  /** The shortcut that does the same. */
  keyName?: string;
  run: () => void;
}

export interface FoundGroup {
  group: CommandGroup;
  commands: readonly Command[];
}

/** So many of a group are shown: who wants more writes more. */
const MOST = { looking: 8, idle: 5 };

/** What answers a search, the group of the best answer first. Without a search: the beginning of each group. */
export function findCommands(search: string, commands: readonly Command[]): FoundGroup[] {
  const wanted = search.trim();
  const found = commandGroups.map((group) => {
    const scored = commands
      .filter((command) => command.group === group)
      .map((command) => ({ command, score: scoreOf(wanted, command) }))
      .filter((one): one is { command: Command; score: number } => one.score !== null);
    if (wanted !== "") scored.sort((left, right) => right.score - left.score);
    const most = wanted === "" && group !== "actions" ? MOST.idle : MOST.looking;
    return {
      group,
      best: Math.max(Number.NEGATIVE_INFINITY, ...scored.map(({ score }) => score)),
      commands: scored.slice(0, most).map(({ command }) => command),
    };
  });
  const shown = found.filter((one) => one.commands.length > 0);
  if (wanted !== "") shown.sort((left, right) => right.best - left.best);
  return shown;
}

/** A name counts for more than what stands beside it. */
function scoreOf(search: string, { label, hint }: Command): number | null {
  const named = fuzzyScore(search, label);
  const told = hint === undefined ? null : fuzzyScore(search, `${label} ${hint}`);
  if (named === null) return told === null ? null : told / 2;
  return named;
}
