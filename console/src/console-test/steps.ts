/** What is tested, in the order in which it comes up on a real day. */
export const steps = [
  "permission",
  "sound",
  "popUp",
  "waitList",
  "claim",
  "message",
  "voice",
  "close",
] as const;
export type Step = (typeof steps)[number];

/** What became of a step; a missing one is still to come. */
export type Ticks = Partial<Record<Step, "done" | "skipped">>;

/** The first that is neither done nor skipped; undefined at the end. */
export function activeStep(ticks: Ticks): Step | undefined {
  return steps.find((step) => ticks[step] === undefined);
}

/** Reads what was kept of an earlier part of the test; what is not to be understood is as good as nothing. */
export function readTicks(kept: string | null): Ticks {
  try {
    const read: unknown = JSON.parse(kept ?? "{}");
    if (typeof read !== "object" || read === null) return {};
    const known = steps.flatMap((step) => {
      const tick: unknown = Reflect.get(read, step);
      return tick === "done" || tick === "skipped" ? [[step, tick] as const] : [];
    });
    return Object.fromEntries(known);
  } catch {
    return {};
  }
}
