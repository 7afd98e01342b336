/** The second step of a sign-in, and what a user sets up for it. */
import * as z from "zod/mini";
import { instant } from "./entries.ts";
import { signedInUser } from "./http.ts";
import { identifier } from "./identifier.ts";
import { name, passwordLimit } from "./text.ts";

export const secondSteps = ["authenticator", "passkey", "recovery"] as const;
export const secondStep = z.enum(secondSteps);
export type SecondStep = z.infer<typeof secondStep>;

/**
 * The answer to a password: whoever has a second factor is not signed in yet. A cookie holds their place for
 * ten minutes; to everything but the second step they are nobody.
 */
export const signInAnswer = z.union([signedInUser, z.object({ secondSteps: z.array(secondStep) })]);
export type SignInAnswer = z.infer<typeof signInAnswer>;

/** The code of the app, or a recovery code, as it was typed. */
export const codeBody = z.object({
  step: z.enum(["authenticator", "recovery"]),
  code: z.string().check(z.maxLength(100)),
});
export type CodeBody = z.infer<typeof codeBody>;

/** `alone`: instead of a password; `second_step`: after it. */
export const passkeyOptionsBody = z.object({ purpose: z.enum(["second_step", "alone"]) });

const text = z.string().check(z.maxLength(20_000));
const texts = z.array(z.string().check(z.maxLength(100))).check(z.maxLength(20));

/** What the browser is to ask its authenticators: WebAuthn's RequestOptionsJSON, or CreationOptionsJSON for a new one. */
export const passkeyQuestion = z.object({ options: z.looseObject({ challenge: z.string() }) });

/** AuthenticationResponseJSON: what the browser answers. */
export const passkeyAnswer = z.object({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: z.optional(text),
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;

export const passkeySignInBody = z.object({
  purpose: passkeyOptionsBody.def.shape.purpose,
  answer: passkeyAnswer,
});

/** RegistrationResponseJSON. */
const newPasskeyAnswer = z.object({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  response: z.object({ clientDataJSON: text, attestationObject: text, transports: z.optional(texts) }),
});

export const passkey = z.object({
  id: identifier,
  name: z.string(),
  /** The host that it works at. */
  host: z.string(),
  createdAt: instant,
  lastUsedAt: z.nullable(instant),
});
export type Passkey = z.infer<typeof passkey>;

export const ownFactors = z.object({
  /** Since when an app shows codes; null: none does. */
  authenticatorSince: z.nullable(instant),
  passkeys: z.array(passkey),
  recoveryCodesLeft: z.int(),
  /** The organisation asks for a second factor. */
  required: z.boolean(),
});
export type OwnFactors = z.infer<typeof ownFactors>;

/** The current password, asked for before anything is changed. Wrong ones count as those at sign-in do. */
export const passwordBody = z.object({ current: z.string().check(z.maxLength(passwordLimit * 4)) });

/** Nothing changes before a right code has come. */
export const newAuthenticator = z.object({
  /** In base32, to type. */
  secret: z.string(),
  /** The same as an otpauth: address, for a QR code. */
  address: z.string(),
});
export type NewAuthenticator = z.infer<typeof newAuthenticator>;

export const confirmBody = z.object({ code: z.string().check(z.maxLength(100)) });

/** The recovery codes, told this once; null: those that there are stay. */
export const factorAdded = z.object({ recoveryCodes: z.nullable(z.array(z.string())) });
export type FactorAdded = z.infer<typeof factorAdded>;

/** The ones before work no more. */
export const newRecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

export const newPasskeyBody = z.object({ name, answer: newPasskeyAnswer });
export type NewPasskey = z.infer<typeof newPasskeyBody>;
export const passkeyParameters = z.object({ passkeyId: identifier });
