import { verify } from "@node-rs/argon2";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { signInWith } from "../../../testing/scenes/set-up.ts";
import {
  makeOrganisation,
  password,
  startTestNode,
  type TestNode,
} from "../../../testing/servers/test-node.ts";

// The real argon2, watched: whether work was done must not be told from the clock.
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  return { ...real, verify: vi.fn(real.verify) };
});

let node: TestNode;
let admin: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  admin = await makeOrganisation(node, "Tea House");
});
afterAll(() => node.stop());

describe("a sign-in that fails", () => {
  async function withoutPassword(): Promise<string> {
    const { userId, email } = await makeUser(node, admin.organisationId);
    await asOwner(node.databaseUrl, (client) =>
      client.query("UPDATE users SET password_hash = NULL WHERE id = $1", [userId]),
    );
    return email;
  }
  async function notActive(): Promise<string> {
    const { userId, email } = await makeUser(node, admin.organisationId);
    await asOwner(node.databaseUrl, (client) =>
      client.query("UPDATE users SET status = 'disabled' WHERE id = $1", [userId]),
    );
    return email;
  }

  const attempts: Record<string, () => Promise<[email: string, password: string]>> = {
    "a wrong password": async () => [admin.email, "a wholly unguessed phrasE"],
    "no password": async () => [admin.email, ""],
    "an unknown address": async () => ["nobody@example.test", password],
    "no address": async () => ["", password],
    "what is no address": async () => ["' OR 1=1 --", password],
    "an address with NUL": async () => ["a\0@example.test", password],
    "somebody who has no password": async () => [await withoutPassword(), ""],
    "somebody who is no longer active": async () => [await notActive(), password],
  };

  test.each(Object.keys(attempts))("A3: %s: the same answer after the same work", async (attempt) => {
    const [email, guess] = (await attempts[attempt]?.()) ?? ["", ""];
    vi.mocked(verify).mockClear();
    const answer = await signInWith(node, email, guess);
    expect([answer.status, answer.text]).toEqual([
      401,
      JSON.stringify({
        error: {
          code: "credentials_wrong",
          message:
            "This e-mail address and password do not match. Check both and try again. Six failures in a row lock an account; “Recover” unlocks it.",
        },
      }),
    ]);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const compared = vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split("$").slice(0, 4));
    expect(compared).toEqual([["", "argon2id", "v=19", "m=19456,t=2,p=1"]]);
  });
});
