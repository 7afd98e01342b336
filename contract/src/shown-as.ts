/** Agent identities as messages and claims keep them: whom the customer saw, as it was then. */
import * as z from "zod/mini";
import { identifier } from "./identifier.ts";

/**
 * The two kinds of identities: `webchat` has a name and a second line for each language, `wechat` one short name, as the
 * accounts of its platform have. A kind of channel says which one its customers see.
 */
export const identityWorlds = ["webchat", "wechat"] as const;
export const identityWorld = z.enum(identityWorlds);
export type IdentityWorld = z.infer<typeof identityWorld>;

/** A name in one language; in none, where its world knows one name only. */
export const shownName = z.object({
  language: z.optional(z.string()),
  name: z.string(),
  /** Second line, below the name. */
  line: z.optional(z.string()),
});
export type ShownName = z.infer<typeof shownName>;

export const shownAs = z.object({
  identityId: identifier,
  /** The first one is for whoever reads none of the others: it was the one in the organisation's language. */
  names: z.array(shownName),
  /** The hash of a picture, by which it is read. */
  avatar: z.nullable(z.string()),
});
export type ShownAs = z.infer<typeof shownAs>;
