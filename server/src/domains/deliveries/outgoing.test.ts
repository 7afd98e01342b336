import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { makeChannel } from "../../../testing/outside/channel.ts";
import { makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { startWithChannel } from "../../../testing/scenes/deliveries.ts";
import { agentMessage, customerMessage } from "../../../testing/scenes/writers.ts";
import { makeOrganisation } from "../../../testing/servers/test-node.ts";
import { close } from "../conversations/close.ts";

/** The outbox, for a channel that is handed what the customer is to see. */
const channel = makeChannel();
let grata: Awaited<ReturnType<typeof startWithChannel>>;

beforeAll(async () => {
  grata = await startWithChannel(channel);
});
afterAll(() => grata.stop());

describe("an agent's message", () => {
  test("C4, H1: goes out once, under the name that was shown, and is marked delivered", async () => {
    const chat = await grata.makeChat();
    await grata.write(chat, "Hello");
    await eventually(async () => expect(await grata.states(chat)).toEqual([["Hello", "delivered"]]));
    const { organisationId, channelId } = grata.place;
    const { customerId } = chat.visitor;
    expect(channel.calls.filter(({ parcel }) => parcel.customerId === customerId)).toMatchObject([
      {
        parcel: {
          organisationId,
          channelId,
          customerId,
          conversationId: chat.id,
          seq: 3,
          occurrence: { kind: "message", text: "Hello" },
          authorName: grata.agent.name,
        },
      },
    ]);
    expect(await grata.waiting()).toBe(0);
  });

  test("C4, H1: goes out in the order of the log, to each of many customers, and no customer is called twice at once", async () => {
    const chats = await Promise.all(Array.from({ length: 12 }, () => grata.makeChat()));
    const texts = Array.from({ length: 15 }, (_, number) => `message ${number}`);
    await Promise.all(chats.map((chat) => grata.write(chat, ...texts)));
    await eventually(async () => expect(await grata.waiting()).toBe(0));
    for (const chat of chats) {
      expect(channel.sentTo(chat.visitor.customerId)).toEqual(texts);
      expect(await grata.states(chat)).toEqual(texts.map((text) => [text, "delivered"]));
    }
    expect(channel.overlaps).toEqual([]);
  });

  test("C4: that is sent twice by its client goes out once", async () => {
    const chat = await grata.makeChat();
    const message = agentMessage(chat, grata.agent, "Once");
    await Promise.all([message, message].map((same) => grata.node.services.writer.append(same)));
    await grata.node.services.writer.append(message);
    await grata.write(chat, "The end");
    await eventually(() => expect(channel.sentTo(chat.visitor.customerId)).toEqual(["Once", "The end"]));
  });
});

describe("what does not go out", () => {
  test("C4, C8: the customer's own words, what is for the team only, claims and closes", async () => {
    const chat = await grata.makeChat();
    const { writer, storage } = grata.node.services;
    await writer.append(customerMessage(chat, "My own words"));
    await writer.append({ ...agentMessage(chat, grata.agent, "A note"), audience: "team" });
    await grata.write(chat, "An answer");
    await close(storage, grata.agent, { conversationId: chat.id });
    await eventually(async () => expect(await grata.waiting()).toBe(0));
    expect(channel.sentTo(chat.visitor.customerId)).toEqual(["An answer"]);
    expect(await grata.states(chat)).toEqual([
      ["A note", "none"],
      ["An answer", "delivered"],
    ]);
  });

  test("H2: nothing of one organisation goes to a customer of another", async () => {
    const place = await makeOrganisation(grata.node, "Elsewhere");
    const agent = await makeAgent(grata.node, place);
    const [here, there] = [await grata.makeChat(), await makeClaimedChat(grata.node, place, agent)];
    await grata.write(here, "here");
    await grata.node.services.writer.append(agentMessage(there, agent, "there"));
    await eventually(() => {
      expect(channel.sentTo(here.visitor.customerId)).toEqual(["here"]);
      expect(channel.sentTo(there.visitor.customerId)).toEqual(["there"]);
    });
    const call = channel.calls.find(({ text }) => text === "there");
    expect(call?.parcel).toMatchObject({ organisationId: place.organisationId, channelId: place.channelId });
  });
});
