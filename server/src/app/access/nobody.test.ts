import { type Handshake, realtimeVersion } from "@grata/contract/realtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nothingWritten } from "../../../testing/checks/mine.ts";
import { openRaw } from "../../../testing/checks/raw.ts";
import { connectVisitorAgain, makeUser, makeVisitor } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let here: Awaited<ReturnType<typeof makeOrganisation>>;
let elsewhere: Awaited<ReturnType<typeof makeOrganisation>>;
let visitorToken: string;
let cookie: string;

beforeAll(async () => {
  node = await startTestNode();
  here = await makeOrganisation(node);
  elsewhere = await makeOrganisation(node, "Elsewhere");
  ({ token: visitorToken } = await makeVisitor(node, here.channelId));
  ({ cookie } = await makeUser(node, here.organisationId));
});
afterAll(() => node.stop());

const asUser = { as: "user", version: realtimeVersion } as const;
const asVisitor = (channel: string, token: string): Handshake => ({
  as: "visitor",
  version: realtimeVersion,
  channel,
  token,
});

/** Those whom nobody knows, and how they try to get in. */
const strangers: Record<string, () => { handshake: Handshake; headers?: Record<string, string> }> = {
  "a user without a cookie": () => ({ handshake: asUser }),
  "a user with a made-up cookie": () => ({ handshake: asUser, headers: { cookie: "grata=made-up" } }),
  "a user with a visitor's token as cookie": () => ({
    handshake: asUser,
    headers: { cookie: `grata=${visitorToken}; __Host-grata=${visitorToken}` },
  }),
  "a visitor with a made-up token": () => ({ handshake: asVisitor(here.channelId, "made-up") }),
  "a visitor without a token": () => ({ handshake: asVisitor(here.channelId, "") }),
  "a visitor with a user's token": () => ({
    handshake: asVisitor(here.channelId, cookie.slice("grata=".length)),
  }),
  "a visitor with a user's cookie": () => ({
    handshake: asVisitor(here.channelId, "made-up"),
    headers: { cookie },
  }),
  "a visitor of another organisation's web chat": () => ({
    handshake: asVisitor(elsewhere.channelId, visitorToken),
  }),
  "a visitor of a web chat that does not exist": () => ({
    handshake: asVisitor("00000000-0000-4000-8000-000000000000", visitorToken),
  }),
};

describe("nobody on a socket", () => {
  test.each(Object.keys(strangers))("A3, D1, H2: %s has to sign in", async (who) => {
    const { handshake, headers } = strangers[who]?.() ?? { handshake: asUser };
    const socket = await openRaw(node.url, undefined, headers);
    socket.send(`40${JSON.stringify(handshake)}`);
    expect(JSON.parse((await socket.next("44")).slice(2))).toEqual({
      message: "refused",
      data: {
        code: "sign_in_required",
        message: "You are not signed in, or your session has ended. Sign in again.",
      },
    });
    socket.close();
  });

  test("A3, H2: a request before the handshake is answered by the end of the connection", async () => {
    const socket = await openRaw(node.url, undefined, { cookie });
    socket.send(`421${JSON.stringify(["request", { type: "waiting.list" }])}`);
    await socket.closed;
    expect(socket.frames.filter((frame) => frame.startsWith("4"))).toEqual([]);
  });

  test("D1: the same visitor with the right token and web chat gets in", async () => {
    const visitor = await connectVisitorAgain(node, here.channelId, visitorToken);
    expect(await visitor.request("conversation.mine", {})).toEqual(nothingWritten);
    visitor.close();
  });
});
