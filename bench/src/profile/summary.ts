/** The part of a V8 CPU profile that is read here. */
export type CpuProfile = {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  /** The node that was running at each sample. */
  samples: number[];
  /** Microseconds since the sample before. */
  timeDeltas: number[];
};

export type Cost = { where: string; milliseconds: number };

/** Time by function, without what it called, dearest first; of the whole profile and without the idle time. */
export function costsByFunction(profile: CpuProfile): Cost[] {
  return gather(profile, ({ functionName, url, lineNumber }) =>
    url === "" ? functionName : `${functionName || "(anonymous)"} ${shorten(url)}:${lineNumber + 1}`,
  );
}

/** The same by package or folder of ours. */
export function costsByPlace(profile: CpuProfile): Cost[] {
  return gather(profile, ({ functionName, url }) => {
    if (url === "") return functionName.startsWith("(") ? functionName : "(native)";
    if (url.startsWith("node:")) return url.split("/")[0] === "node:internal" ? "node:internal" : url;
    const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
    return name ?? shorten(url).split("/").slice(0, -1).join("/");
  });
}

function gather(
  profile: CpuProfile,
  name: (frame: CpuProfile["nodes"][number]["callFrame"]) => string,
): Cost[] {
  const names = new Map(profile.nodes.map((node) => [node.id, name(node.callFrame)]));
  const sums = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const where = names.get(id) ?? "?";
    if (where === "(idle)" || where === "(root)") continue;
    // A sample stands for the time until the next one.
    sums.set(where, (sums.get(where) ?? 0) + (profile.timeDeltas[index + 1] ?? 0) / 1000);
  }
  return [...sums]
    .map(([where, milliseconds]) => ({ where, milliseconds }))
    .toSorted((one, other) => other.milliseconds - one.milliseconds);
}

function shorten(url: string): string {
  return url.replace(/^file:\/\//, "").replace(/^.*\/(?=node_modules\/|server\/|contract\/)/, "");
}
