import type { Language } from "@grata/contract/languages";
import type { User, Visitor } from "../foundation/access/principal.ts";

/** Who is at the other end of a socket. */
export type Connected = {
  connectionId: string;
  principal: User | Visitor;
  language: Language;
  /** The address that limits count by. */
  network: string;
  /** What the browser says of itself. */
  userAgent: string | null;
};
