import { createMemoryStorage, type StoragePort } from "@grata/client/storage";
import { afterEach, expect, test, vi } from "vitest";
import { createAnonymousVisitor } from "../visitor/visitor.ts";
import { type Chat, createChat } from "./chat.ts";
import { startVisitorServer, type VisitorServer } from "./testing/visitor-server.ts";
import { layOut } from "./timeline.ts";

const channelId = "3b1f0a7e-6f0e-4b7e-9a52-0d3f0e6a1b11";
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    await cleanUp();
  }
});

async function serve(): Promise<VisitorServer> {
  const server = await startVisitorServer();
  cleanUps.push(() => server.close());
  return server;
}

/** A page that was loaded, with the chat in it. */
function createPage(server: VisitorServer, storage: StoragePort): Chat {
  const embedder = {
    post: () => {},
    hello: async () => ({ token: null, identity: null }),
    origin: undefined,
  };
  const frameStorage = { storage, lasting: true };
  const place = { origin: server.url, channelId, language: "en", frameStorage, embedder } as const;
  const chat = createChat({
    ...place,
    visitor: createAnonymousVisitor(place),
    storage,
    scope: "grata.test",
    source: async () => ({ referrer: "https://search.example/" }),
  });
  cleanUps.push(() => chat.close());
  return chat;
}

/** A browser, whose storage outlives each page in it. */
function openBrowser(server: VisitorServer) {
  const storage = createMemoryStorage();
  function openPage(): Chat {
    const chat = createPage(server, storage);
    chat.start();
    return chat;
  }
  return { storage, openPage };
}

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5_000, interval: 5 });
const open = (chat: Chat) => until(() => expect(chat.snapshot().loaded).toBe(true));

function shown(chat: Chat): string[] {
  return layOut(chat.snapshot(), Date.now(), "en")
    .filter(({ kind }) => kind !== "day")
    .map((line) => (line.kind === "message" ? `${line.text} (${line.state.kind})` : line.kind));
}

test("D1 the first message makes a visitor and opens a chat; replies arrive", async () => {
  const server = await serve();
  const chat = openBrowser(server).openPage();
  chat.send("Hello");
  await until(() => expect(shown(chat)).toEqual(["Hello (sent)"]));
  await until(() => expect(chat.snapshot().outgoing).toEqual([]));
  server.append({ kind: "claimed" });
  server.append({ kind: "message", text: "Good day!" });
  await until(() => expect(shown(chat)).toEqual(["Hello (sent)", "joined", "Good day! (received)"]));
  chat.send("Do you ship?");
  await until(() => expect(chat.snapshot().episodes[0]?.log.entries.at(-1)?.seq).toBe(4));
  expect(chat.snapshot().outgoing).toEqual([]);
  expect(server.registered).toBe(1);
  expect(server.conversations).toHaveLength(1);
  expect(server.requests.filter(({ type }) => type === "entries.after")).toEqual([]);
});

test("C4 D1 after a reload the same visitor sees everything again", async () => {
  const server = await serve();
  const browser = openBrowser(server);
  const before = browser.openPage();
  before.send("one");
  before.send("two");
  await until(() => expect(shown(before)).toEqual(["one (sent)", "two (sent)"]));
  before.close();
  const afterwards = browser.openPage();
  await until(() => expect(shown(afterwards)).toEqual(["one (sent)", "two (sent)"]));
  expect(server.registered).toBe(1);
});

test("C4 a message whose acknowledgement was lost is stored once", async () => {
  const server = await serve();
  const chat = openBrowser(server).openPage();
  chat.send("one");
  await until(() => expect(shown(chat)).toEqual(["one (sent)"]));
  server.loseAcknowledgement = true;
  chat.send("two");
  await until(() => expect(server.loseAcknowledgement).toBe(false));
  chat.send("three");
  await until(() => expect(shown(chat)).toEqual(["one (sent)", "two (sent)", "three (sent)"]));
  expect(server.conversations[0]?.entries).toHaveLength(3);
});

test("C4: a message whose answer does not bring the entry, as those of older servers, is asked for and shown once", async () => {
  const server = await serve();
  server.leavesOutEntries = true;
  const chat = openBrowser(server).openPage();
  for (const text of ["one", "two"]) {
    chat.send(text);
  }
  await until(() => expect(chat.snapshot().episodes[0]?.log.entries).toHaveLength(2));
  expect(shown(chat)).toEqual(["one (sent)", "two (sent)"]);
});

test("C8 what is written after the end opens a new chat, and the old one stays in sight", async () => {
  const server = await serve();
  const chat = openBrowser(server).openPage();
  chat.send("one");
  await until(() => expect(shown(chat)).toEqual(["one (sent)"]));
  server.append({ kind: "closed" });
  await until(() => expect(shown(chat)).toEqual(["one (sent)", "closed"]));
  chat.send("two");
  await until(() => expect(shown(chat)).toEqual(["one (sent)", "closed", "two (sent)"]));
  expect(server.conversations.map(({ entries }) => entries.length)).toEqual([2, 1]);
});

test("C4 replies count as unread until somebody can see them, and the server is told", async () => {
  const server = await serve();
  const chat = openBrowser(server).openPage();
  chat.send("one");
  await until(() => expect(shown(chat)).toEqual(["one (sent)"]));
  server.append({ kind: "message", text: "two" });
  server.append({ kind: "message", text: "three" });
  await until(() => expect(chat.snapshot().unread).toBe(2));
  chat.setVisible(true);
  expect(chat.snapshot().unread).toBe(0);
  await until(() => expect(server.conversations[0]?.read).toBe(3));
  server.append({ kind: "message", text: "four" });
  await until(() => expect(server.conversations[0]?.read).toBe(4));
});

test("D1 another tab of the same visitor shows the chat that this one opens", async () => {
  const server = await serve();
  const browser = openBrowser(server);
  const left = browser.openPage();
  await open(left);
  const right = browser.openPage();
  await open(right);
  left.send("from the left");
  await until(() => expect(shown(right)).toEqual(["from the left (sent)"]));
  expect(server.registered).toBe(1);
});

test("D1 a visitor whom the server does not know any more becomes a new one, once", async () => {
  const server = await serve();
  const chat = openBrowser(server).openPage();
  chat.send("one");
  await until(() => expect(shown(chat)).toEqual(["one (sent)"]));
  server.tokens.clear();
  server.sockets()[0]?.disconnect(true);
  await until(() => expect(server.registered).toBe(2));
  await open(chat);
  chat.send("two");
  await until(() => expect(shown(chat)).toEqual(["two (sent)"]));
  server.tokens.clear();
  server.sockets()[0]?.disconnect(true);
  await until(() => expect(chat.snapshot().connection).toBe("refused"));
  expect(chat.snapshot().failure?.message).toBe("Who are you?");
  expect(server.registered).toBe(2);
});

test("D1 nobody becomes a visitor before the window is opened, even when the network comes back", async () => {
  const server = await serve();
  const storage = createMemoryStorage();
  const chat = createPage(server, storage);
  chat.reconnect();
  chat.setVisible(false);
  // Somebody who opens theirs after that comes through, alone.
  const other = createPage(server, createMemoryStorage());
  other.start();
  await open(other);
  expect(server.registered).toBe(1);
  chat.start();
  chat.reconnect();
  await open(chat);
  expect(server.registered).toBe(2);
});

test("D1 who cannot become a visitor reads why, or waits and becomes one", async () => {
  const server = await serve();
  const failure = { code: "channel_unknown", message: "There is no such chat." } as const;
  server.refuseRegistration = { status: 404, failure };
  const refused = openBrowser(server).openPage();
  await until(() => expect(refused.snapshot()).toMatchObject({ connection: "refused", failure }));
  refused.reconnect();
  await open(refused);

  const busy = { code: "too_many_requests", message: "One moment.", retryAfter: 0.1 } as const;
  server.refuseRegistration = { status: 429, failure: busy };
  const waiting = openBrowser(server).openPage();
  waiting.send("patience");
  await until(() => expect(waiting.snapshot()).toMatchObject({ connection: "lost", failure: busy }));
  await until(() => expect(shown(waiting)).toEqual(["patience (sent)"]));
});

test("D1: a page of something in between stops the chat until somebody tries again; a proxy without its server does not", async () => {
  const server = await serve();
  for (const status of [200, 403]) {
    server.refuseRegistration = { status, page: "<html>Log in first</html>" };
    const blocked = openBrowser(server).openPage();
    await until(() =>
      expect(blocked.snapshot()).toMatchObject({ connection: "refused", failure: undefined }),
    );
    blocked.reconnect();
    await open(blocked);
  }
  server.refuseRegistration = { status: 502, page: "<html>Bad gateway</html>" };
  const waiting = openBrowser(server).openPage();
  await until(() => expect(waiting.snapshot().connection).toBe("lost"));
  await open(waiting);
});

test("D1, E4: what is left while nobody is there goes out with the address, once, also after a reload", async () => {
  const server = await serve();
  server.staffed = false;
  const { openPage } = openBrowser(server);
  const chat = openPage();
  await open(chat);
  expect(chat.snapshot().standing).toEqual({ staffed: false, reachable: false });
  server.sockets()[0]?.disconnect(true);
  chat.leave({ name: "Mei", email: "mei@example.test" }, "Open on Sunday?");
  chat.close();
  const again = openPage();
  await until(() => expect(shown(again)).toEqual(["Open on Sunday? (sent)"]));
  expect(server.opened).toMatchObject([
    { contact: { name: "Mei", email: "mei@example.test" }, referrer: "https://search.example/" },
  ]);
  server.append({ kind: "closed" });
  await until(() => expect(again.snapshot().current).toBeUndefined());
  again.send("One more thing");
  await until(() => expect(server.opened).toHaveLength(2));
  expect(server.opened[1]).not.toHaveProperty("contact");
});

test("D1 earlier chats of the visitor stand above the current one, as far back as somebody reads", async () => {
  const server = await serve();
  const { openPage } = openBrowser(server);
  const chat = openPage();
  await open(chat);
  for (const text of ["first", "second", "third"]) {
    chat.send(text);
    await until(() => expect(shown(chat).at(-1)).toBe(`${text} (sent)`));
    server.append({ kind: "closed" });
    await until(() => expect(chat.snapshot().current).toBeUndefined());
  }
  const again = openPage();
  await open(again);
  expect(shown(again)).toEqual(["third (sent)", "closed"]);
  expect(again.snapshot().older).toBe("more");
  again.loadOlder();
  await until(() => expect(shown(again)[0]).toBe("second (sent)"));
  again.loadOlder();
  await until(() => expect(shown(again)[0]).toBe("first (sent)"));
  expect(again.snapshot().older).toBe("none");
});

test("C11: the agent's writing is seen until it ends, a message comes, or nothing is heard of it any more", async () => {
  const server = await serve();
  const chat = openBrowser(server).openPage();
  await open(chat);
  chat.send("hello");
  await until(() => expect(shown(chat)).toEqual(["hello (sent)"]));
  const conversationId = server.conversations[0]?.id;
  const tell = (typing: boolean) => server.news({ type: "typing", conversationId, by: "user", typing });
  const sees = (typing: boolean) => until(() => expect(chat.snapshot().typing).toBe(typing));
  tell(true);
  await sees(true);
  tell(false);
  await sees(false);
  tell(true);
  await sees(true);
  server.append({ kind: "message", text: "Hi!" });
  await sees(false);
  tell(true);
  await sees(true);
  await vi.waitFor(() => expect(chat.snapshot().typing).toBe(false), { timeout: 6_000 });
});

test("C11: the server hears once that the visitor writes, and that they stopped", async () => {
  const server = await serve();
  const chat = openBrowser(server).openPage();
  await open(chat);
  chat.press(true);
  chat.send("hello");
  await until(() => expect(shown(chat)).toEqual(["hello (sent)"]));
  const heard = () => server.requests.filter(({ type }) => type === "conversation.typing");
  expect(heard()).toEqual([]);
  for (let key = 0; key < 5; key++) chat.press(true);
  chat.press(false);
  await until(() => expect(heard()).toMatchObject([{ typing: true }, { typing: false }]));
  chat.press(true);
  chat.send("and this");
  chat.press(false);
  await until(() => expect(shown(chat)).toContain("and this (sent)"));
  // The message itself says that it is not being written any more.
  expect(heard()).toMatchObject([{ typing: true }, { typing: false }, { typing: true }]);
});
