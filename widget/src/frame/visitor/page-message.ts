import { boolean, either, nullable, object, oneOf, string } from "@grata/client/guards";
import type { PageMessage } from "@grata/contract/embedding";

const source = oneOf(["grata"]);

/** The contract's `pageMessage`, by guards: there is no room for schemas here. A test holds the two together. */
export const isPageMessage: (data: unknown) => data is PageMessage = either(
  object({ source, type: oneOf(["hello"]), token: nullable(string), identity: nullable(string) }),
  object({ source, type: oneOf(["open"]), full: boolean }),
  object({ source, type: oneOf(["closed"]) }),
  object({ source, type: oneOf(["page"]), url: string, title: string, referrer: string }),
  object({ source, type: oneOf(["identity"]), identity: nullable(string) }),
);
