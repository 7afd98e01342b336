import { type ComponentType, lazy } from "react";

const AGAIN = 3000;

/**
 * A part of a page that is loaded when it is first shown. While the network is away its place stays as it is, and the
 * page around it whole: React would throw.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await keepTrying(load) }));
}

async function keepTrying<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
}
