import type { Commands } from "./commands.ts";
import { openIdleVisitors, openPairs } from "./grata-pairs.ts";
import type { OpenLine } from "./line.ts";
import { openIdleSockets, openReferencePairs } from "./reference-line.ts";

/** What the driver does differently from server to server. */
export type Target = {
  openIdle(count: number): Promise<{ close(): void }[]>;
  openPairs(): Promise<[OpenLine, OpenLine][]>;
};

export function targetsOf({ grata, reference, cookies }: Commands["begin"]["input"]): {
  grata: Target;
  reference: Target;
} {
  return {
    grata: {
      openIdle: (count) => openIdleVisitors(grata, count),
      openPairs: () => openPairs(grata, cookies),
    },
    reference: {
      openIdle: (count) => openIdleSockets(reference.url, count),
      openPairs: () => openReferencePairs(reference.url, cookies.length),
    },
  };
}
