/** Agent identities: the names and faces under which customers see users. */
import * as z from "zod/mini";
import { identifier } from "./identifier.ts";
import type { languages } from "./languages.ts";
import { nameLimit } from "./limits.ts";
import { identityWorld, shownName } from "./shown-as.ts";
import { fails, isText, name } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

/** So many has an organisation. */
export const agentIdentitiesLimit = 5_000;

/** The longest name that WeChat takes, in characters: one outside of the basic plane is one, too. */
export const wechatNameLimit = 16;

const secondLine = z.string(fails("second_line_invalid")).check(
  z.trim(),
  z.refine(
    (value) =>
      value.length <= nameLimit && isText(value) && !/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(value),
    fails("second_line_invalid"),
  ),
);

/** Empty: no second line. */
const nameAndLine = z.object({ name, line: secondLine });

/** In one language at least. */
const namesByLanguage = z
  .object({
    en: z.optional(nameAndLine),
    "zh-Hans": z.optional(nameAndLine),
    "zh-Hant": z.optional(nameAndLine),
  } satisfies Record<(typeof languages)[number], unknown>)
  .check(z.refine((names) => Object.values(names).some(Boolean), fails("name_empty")));

const wechatName = name.check(
  z.refine((value) => [...value].length <= wechatNameLimit, fails("wechat_name_too_long")),
);

/** Null: shared, for whomever it is assigned to. */
const ownerId = z.nullable(identifier);

/** Everything that is written of one: of a web chat its `names`, of WeChat its `name`. It stays in its world. */
export const writtenIdentity = z
  .object({ world: identityWorld, ownerId, names: z.optional(namesByLanguage), name: z.optional(wechatName) })
  .check(
    z.refine(({ world, names }) => world !== "webchat" || names !== undefined, {
      path: ["names"],
      ...fails("name_empty"),
    }),
    z.refine(({ world, name: given }) => world !== "wechat" || given !== undefined, {
      path: ["name"],
      ...fails("name_empty"),
    }),
  );
export type WrittenIdentity = z.output<typeof writtenIdentity>;
export type IdentityInput = z.input<typeof writtenIdentity>;

const person = z.object({ id: identifier, name: z.string() });

/** Those who use an identity are named up to this many. */
export const namedUsersLimit = 20;

export const agentIdentity = z.object({
  id: identifier,
  world: identityWorld,
  owner: z.nullable(person),
  /** As `shownAs` has them. */
  names: z.array(shownName),
  avatar: z.nullable(z.string()),
  users: z.array(person),
  /** How many there are, named or not. */
  userCount: z.int(),
});
export type AgentIdentity = z.infer<typeof agentIdentity>;

export const identityParameters = z.object({ identityId: identifier });
export const avatarParameters = z.object({ hash: z.string().check(z.maxLength(64)) });

export const identitiesPageLimit = 200;
export const identitiesQuery = z.object({
  /** A part of a name or a second line, in any case. */
  search: z.optional(z.string().check(z.maxLength(200))),
  world: z.optional(identityWorld),
  /** Those that may be assigned to this user: shared ones, and their own. */
  assignableTo: z.optional(identifier),
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(2_000))),
  /** Default: 50. */
  limit: z.optional(wholeNumber(1, identitiesPageLimit)),
});
export type IdentitiesQuery = z.input<typeof identitiesQuery>;

export const identitiesPage = z.object({
  identities: z.array(agentIdentity),
  /** How many there are with these filters, on all pages. */
  total: z.int(),
  next: z.nullable(z.string()),
});
export type IdentitiesPage = z.infer<typeof identitiesPage>;

/** Assigns a user one identity of each world that is named here; null: none. A world that is left out stays. */
export const assignedIdentities = z.object({
  webchat: z.optional(z.nullable(identifier)),
  wechat: z.optional(z.nullable(identifier)),
});
export type AssignedIdentities = z.infer<typeof assignedIdentities>;
