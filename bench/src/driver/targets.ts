import type { Commands } from "./commands.ts";
import { openIdleVisitors, openPairs } from "./grata-pairs.ts";
import type { OpenLine } from "./line.ts";
import { openIdleSockets, openReferencePairs } from "./reference-line.ts";

/** What the driver does differently from server to server. */
export type Target = {
  openIdle(count: number): Promise<{ close(): void }[]>;
  openPairs(): Promise<[OpenLine, OpenLine][]>;
};

/** Grata and the reference, each as the driver meets it. */
export function targetsOf(input: Commands["begin"]["input"]): { grata: Target; reference: Target } {
  const { grata, reference, cookies } = input;
  const tokens = [...input.idleTokens];
  return {
    grata: {
      openIdle: (count) => openIdleVisitors(grata, tokens.splice(0, count)),
      openPairs: () => openPairs(grata, cookies),
    },
    reference: {
      openIdle: (count) => openIdleSockets(reference.url, count),
      openPairs: () => openReferencePairs(reference.url, cookies.length),
    },
  };
}
