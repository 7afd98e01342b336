import { hash, hashRaw, verify } from "@node-rs/argon2";
import { createTurns } from "../../foundation/jobs/turns.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { isCommonPassword } from "./common-passwords.ts";

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash takes 19 MiB and a core: a crowd at the sign-in page must not take the machine. */
const inTurn = createTurns({
  atOnce: 4,
  waitingAtMost: 200,
  refusal: () => new Refusal("too_many_attempts", { retryAfter: 5 }),
});

/** Hashes a password as it was typed, but for its Unicode form (NIST SP 800-63B-4: normalise, never truncate). */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFC"), cost));
}

/** Hashes a short random code at the same price, with a salt that it shares with others, so that it can be looked up. */
export function hashCode(code: string, salt: Buffer): Promise<Buffer> {
  return inTurn(() => hashRaw(code, { ...cost, salt }));
}

/** The hash of no password, as dear as any: comparing with it makes an unknown address take as long as a wrong password. */
const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Whether the password is the one of this hash. Without a hash it takes as long and is always wrong. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? decoy, password.normalize("NFC")));
  return matches && passwordHash !== null;
}

/**
 * Refuses a password that somebody would try first: a common one, a repetition, or one made of the words that stand
 * around it (address, names, the product). The length is the schema's business.
 */
export function refuseGuessable(password: string, around: { email: string; names: string[] }): void {
  const plain = fold(password);
  const guesses = [around.email, around.email.split("@")[0] ?? "", ...around.names, "grata"]
    .map(fold)
    .filter((guess) => guess.length > 2);
  const bare = guesses.reduce((rest, guess) => rest.replaceAll(guess, ""), plain);
  const guessable = isCommonPassword(plain) || isRepetition(plain) || (bare !== plain && bare.length < 6);
  if (guessable) throw new Refusal("password_common", { fields: { password: "password_common" } });
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");
}

/** One to four characters again and again, or a run along the alphabet or the digits. */
function isRepetition(text: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/su.test(text)) return true;
  const steps = [...text]
    .map((character, index, all) => (character.codePointAt(0) ?? 0) - (all[index - 1]?.codePointAt(0) ?? 0))
    .slice(1);
  return steps.length > 0 && steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}
