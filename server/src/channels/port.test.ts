import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { channelList } from "@grata/contract/channels";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { routesOf } from "../../testing/checks/route-list.ts";
import { storedLog } from "../../testing/checks/stored.ts";
import { pigeonChannel } from "../../testing/pigeon/channel.ts";
import { withPigeons } from "../../testing/pigeon/registry.ts";
import { makePigeons, newLetter, push, startWithPigeons } from "../../testing/pigeon/scene.ts";
import { connectAgent, newClientId, type TestAgent } from "../../testing/scenes/people.ts";
import { makeOrganisation } from "../../testing/servers/test-node.ts";
import { repositoryFolder } from "../foundation/configuration/repository.ts";
import type { Channel } from "./port.ts";
import { createChannelRegistry } from "./registry.ts";

/** A whole channel that nobody ships: see `testing/pigeon`. */
let grata: Awaited<ReturnType<typeof startWithPigeons>>;
let agent: TestAgent;

beforeAll(async () => {
  grata = await startWithPigeons(({ text }, before) => {
    if (text.includes("refused")) return "refused";
    if (text.includes("silence")) return "silence";
    return text.includes("later") && before === 0 ? "later" : "taken";
  });
  agent = await connectAgent(grata.node, grata.organisationId);
});
afterAll(async () => {
  agent.close();
  await grata.stop();
});

/** The chat that somebody's letter has opened, once the agent serves it. */
async function claimed(loft: string): Promise<string> {
  let conversationId = "";
  await eventually(async () => {
    const { conversations } = await agent.request("waiting.list", {});
    const line = conversations.find(({ customer }) => customer.name === loft);
    expect(line).toBeDefined();
    conversationId = line?.id ?? "";
  });
  await agent.request("conversation.claim", { conversationId });
  return conversationId;
}

/** Reads the channel of a line. */
const shownOf = ({ kind, capabilities }: Channel) => ({ kind, capabilities });

const answer = (conversationId: string, text: string) =>
  agent.request("message.send", { conversationId, clientId: newClientId(), text });

const states = async (conversationId: string) =>
  (await storedLog(grata.sql, conversationId))
    .filter(({ author, kind }) => author === "user" && kind === "message")
    .map(({ text, delivery }) => [text, delivery]);

describe("a channel of one folder and one line", () => {
  test("H1, H2: nothing but its folder names its kind", () => {
    const { kind } = pigeonChannel("");
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: repositoryFolder,
      encoding: "utf8",
    });
    const naming = files
      .split("\n")
      .filter((file) => /\.(ts|tsx|js|json|sql|md|css|html)$/.test(file))
      .filter((file) => readFileSync(join(repositoryFolder, file), "utf8").includes(kind));
    expect(naming).toEqual(["server/testing/pigeon/channel.ts"]);
  });

  test("C2, C3: a customer writes and waits on the list; what they write next goes into the same chat", async () => {
    expect(await grata.push(newLetter("Mei", "Is there oolong?", "Mei"))).toBe(200);
    expect(await grata.push(newLetter("Mei", "And cups?", "Mei"))).toBe(200);
    await eventually(async () =>
      expect(await grata.logsOf("Mei")).toEqual([["Is there oolong?", "And cups?"]]),
    );
    const { conversations } = await agent.request("waiting.list", {});
    expect(conversations.find(({ customer }) => customer.name === "Mei")).toMatchObject({
      customer: { identified: false },
      channel: { id: grata.channelId, name: "Loft", ...shownOf(pigeonChannel("")) },
      last: { text: "And cups?" },
    });
  });

  test("C4: a letter that is handed over again, at once and later, is stored once", async () => {
    const letter = newLetter("Kim", "Once", "Kim");
    expect(await Promise.all(Array.from({ length: 5 }, () => grata.push(letter)))).toEqual([
      200, 200, 200, 200, 200,
    ]);
    await eventually(async () => expect(await grata.logsOf("Kim")).toEqual([["Once"]]));
    await grata.push(letter);
    await grata.push(newLetter("Kim", "Twice"));
    await eventually(async () => expect(await grata.logsOf("Kim")).toEqual([["Once", "Twice"]]));
  });

  test("C3, C4: whoever serves the chat sees what its channel can do, wherever a line comes from", async () => {
    await grata.push(newLetter("Ida", "Hello", "Ida"));
    const conversationId = await claimed("Ida");
    const shown = { channel: shownOf(pigeonChannel("")) };
    const { conversations } = await agent.request("current.list", {});
    expect(conversations.find(({ id }) => id === conversationId)).toMatchObject(shown);
    await agent.request("conversation.release", { conversationId });
    const lines = () => agent.news.flatMap((news) => (news.type === "waiting.changed" ? news.changed : []));
    await eventually(() => expect(lines().filter(({ id }) => id === conversationId)).toHaveLength(2));
    for (const line of lines().filter(({ id }) => id === conversationId)) expect(line).toMatchObject(shown);
    const { conversation } = await agent.request("conversation.claim", { conversationId });
    expect(conversation).toMatchObject(shown);
  });

  test("C8: after the close the next letter opens another chat", async () => {
    await grata.push(newLetter("Lou", "First", "Lou"));
    const conversationId = await claimed("Lou");
    await agent.request("conversation.close", { conversationId });
    await grata.push(newLetter("Lou", "Second"));
    await eventually(async () =>
      expect(await grata.logsOf("Lou")).toEqual([["First", "claimed", "closed"], ["Second"]]),
    );
  });

  test("C4, H1: an agent's answers go out in order, and each comes to its own end", async () => {
    await grata.push(newLetter("Ola", "Hello", "Ola"));
    const conversationId = await claimed("Ola");
    const texts = ["one", "refused", "silence", "later", "last"];
    for (const text of texts) await answer(conversationId, text);
    await eventually(async () =>
      expect(await states(conversationId)).toEqual([
        ["one", "delivered"],
        ["refused", "failed"],
        ["silence", "unconfirmed"],
        ["later", "delivered"],
        ["last", "delivered"],
      ]),
    );
    const came = grata.platform.came.filter(({ to }) => to === "Ola").map(({ text }) => text);
    expect(came).toEqual(["one", "refused", "silence", "later", "later", "last"]);
    expect(grata.platform.came.find(({ to }) => to === "Ola")?.from).toMatch(/^Agent /);
  });

  test("E4: nobody is answered by mail, though nobody is there and an address is known, where the channel does not know that", async () => {
    const { organisationId } = await makeOrganisation(grata.node, "Nobody there");
    const { channelId } = await makePigeons(grata.node, organisationId);
    const write = (text: string) => push(grata.node, channelId, newLetter("Pia", text));
    await write("Anybody there?");
    await eventually(async () => expect(await grata.logsOf("Pia")).toEqual([["Anybody there?"]]));
    await grata.sql.query("UPDATE customers SET email = 'pia@example.test' WHERE organisation_id = $1", [
      organisationId,
    ]);
    await grata.sql.query(
      "UPDATE conversations SET status = 'closed', closed_at = now() WHERE organisation_id = $1",
      [organisationId],
    );
    await write("Still there?");
    await eventually(async () => expect((await grata.logsOf("Pia"))[1]).toEqual(["Still there?"]));
    const { rows } = await grata.sql.query("SELECT FROM conversations WHERE answers_by_mail");
    expect(rows).toEqual([]);
  });

  test("D1: admins see what is connected, whatever its kind", async () => {
    const listed = await fetch(`${grata.node.url}/api/channels`, { headers: grata.admin });
    const { channels } = channelList.parse(await listed.json());
    expect(channels.map(({ id, connect }) => [id, connect])).toEqual([
      [grata.webChatId, expect.stringContaining("<script async src=")],
      [grata.channelId, expect.stringMatching(/^http.*\/letters$/)],
    ]);
    expect(channels[1]?.capabilities).toEqual(pigeonChannel("").capabilities);
  });

  test("A4: its pages are there, and no sign-in page can have their address", async () => {
    const urls = (await routesOf(grata.node)).map(({ url }) => url);
    expect(urls).toContain("/pigeon-loft");
    expect(grata.node.services.reservedSlugs).toContain("pigeon-loft");
  });
});

test("H1: a registry refuses a channel that takes answers without a way to deliver them", () => {
  const { deliver, ...mute } = pigeonChannel("");
  expect(() => createChannelRegistry([mute])).toThrow("delivers exactly where");
  expect(withPigeons("").capabilitiesOf("nobody knows this").reply).toBe("push");
});
