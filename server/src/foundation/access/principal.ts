import type { SignedInUser } from "@grata/contract/http";
import type { Language } from "@grata/contract/languages";
import type { IdentityWorld, ShownAs } from "@grata/contract/shown-as";
import type { Role } from "@grata/contract/team";

/** Who asks. The organisation always comes from here, never from what a client sent. */
export type Principal = { kind: "nobody" } | Visitor | User | Key;

/** Who asks and from where, for what is written down. */
export type Asker = { principal: Principal; address: string };

export type Visitor = {
  kind: "visitor";
  organisationId: string;
  channelId: string;
  customerId: string;
  /** The user who tests the console in the part of a customer; null: a real one. */
  testerId: string | null;
};

/** The identity of a user in each world; without one they are seen under their own name. */
export type Identities = { readonly [World in IdentityWorld]?: ShownAs };

export type User = {
  kind: "user";
  organisationId: string;
  userId: string;
  sessionId: string;
  name: string;
  role: Role;
  /** As whom customers see them. Carried along, so that a message asks nobody for it. */
  identities: Identities;
  /** The queues that they see, but for their own test's: everybody's and their groups', of some roles all. */
  queues: readonly string[];
  language: Language;
  /** Their organisation asks for a second factor, and they have none yet: all they may do is set one up. */
  secondFactorMissing: boolean;
};

/** A program of the organisation, by its API key. It may do what it holds permissions for, and nothing else of its owner. */
export type Key = {
  kind: "key";
  organisationId: string;
  keyId: string;
  /** Names of permissions; a newer release may have stored some that this one does not know. */
  permissions: ReadonlySet<string>;
};

/** The signed-in user of a request, with the profile that the console shows of them. */
export type SignedIn = { principal: User; profile: SignedInUser };

/** The browser that a request comes from: its User-Agent header (untrusted) and its network address. */
export type Browser = { userAgent: string; address: string };
