import { RequestFailed } from "@grata/client/failures";
import type { ErrorCode } from "@grata/contract/errors";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ServerUnreachable } from "./http.ts";
import { readSession, signIn, signOut } from "./session-requests.ts";

const session = {
  secondFactorMissing: false,
  user: {
    id: "22222222-2222-4222-8222-222222222222",
    name: "Mei",
    email: "mei@example.com",
    role: "admin",
    permissions: ["team.manage"],
    language: "zh-Hans",
    timeZone: null,
    notifications: "all",
  },
  organisation: {
    id: "33333333-3333-4333-8333-333333333333",
    name: "Panda Tea",
    timeZone: "Asia/Shanghai",
    defaultLanguage: "zh-Hans",
    inactivityMinutes: null,
  },
};

function answerWith(answer: () => Response | Promise<Response>) {
  const fetched = vi.fn((_path: string, _init: RequestInit) => Promise.resolve(answer()));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const refusal = (status: number, code: ErrorCode) =>
  Response.json({ error: { code, message: "a sentence" } }, { status });

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("A3, A8: reading the session", () => {
  test("tells who is signed in", async () => {
    answerWith(() => Response.json(session));
    expect(await readSession()).toEqual(session);
  });

  test("tells that nobody is", async () => {
    answerWith(() => refusal(401, "sign_in_required"));
    expect(await readSession()).toBeNull();
  });

  test("does not take a broken server for a signed-out user", async () => {
    answerWith(() => refusal(503, "unavailable"));
    await expect(readSession()).rejects.toThrow(RequestFailed);
  });
});

describe("A3: an answer that is not the server's", () => {
  const page = (status: number) => () =>
    new Response("<html>Log in first</html>", { status, headers: { "content-type": "text/html" } });

  test.each([200, 403, 413, 502])("is neither a success nor a refusal of ours (%i)", async (status) => {
    answerWith(page(status));
    await expect(readSession()).rejects.toThrow(ServerUnreachable);
    await expect(signOut()).rejects.toThrow(ServerUnreachable);
  });

  test("is not taken for one when it is empty", async () => {
    answerWith(() => new Response(null));
    await expect(signOut()).rejects.toThrow(ServerUnreachable);
  });
});

describe("A3, A8: signing in", () => {
  test("asks in the reader's language and sends what was typed as it was typed", async () => {
    const fetched = answerWith(() => Response.json(session));
    await signIn({ email: "mei@example.com", password: " spaces stay " });
    const [path, init] = fetched.mock.calls[0] ?? [];
    expect([path, init?.method, init?.body]).toEqual([
      "/api/session",
      "POST",
      JSON.stringify({ email: "mei@example.com", password: " spaces stay " }),
    ]);
    expect(new Headers(init?.headers).get("accept-language")).toBe("en");
  });

  test("passes the server's own sentence on", async () => {
    answerWith(() => refusal(401, "credentials_wrong"));
    await expect(signIn({ email: "", password: "" })).rejects.toThrow("a sentence");
  });

  test.each([
    ["there is no network", () => Promise.reject(new TypeError("failed to fetch"))],
    ["a proxy answers with a page", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
    ["the answer has another shape", () => Response.json({ hello: "world" })],
  ])("says that the server is out of reach when %s", async (_, answer) => {
    answerWith(answer);
    await expect(signIn({ email: "", password: "" })).rejects.toThrow(ServerUnreachable);
  });
});

describe("A3, A8: signing out", () => {
  test.each([
    ["the session was open", () => Response.json({})],
    ["it had ended before", () => refusal(401, "sign_in_required")],
  ])("succeeds when %s", async (_, answer) => {
    answerWith(answer);
    await expect(signOut()).resolves.toBeUndefined();
  });

  test("fails when nobody knows whether it happened", async () => {
    answerWith(() => refusal(503, "unavailable"));
    await expect(signOut()).rejects.toThrow(RequestFailed);
  });
});
