import type { ChannelCapabilities } from "@grata/contract/channels";
import { route } from "@grata/contract/routes/route";
import { v7 as newId } from "uuid";
import * as z from "zod";
import type { Channel, ChannelServices } from "../../src/channels/port.ts";
import { receive } from "../../src/domains/conversations/receive.ts";
import type { DeliveryOutcome, Parcel } from "../../src/domains/deliveries/parcel.ts";
import { clientIdOf, type PushOutcome, type StoredPush, storePushes } from "../../src/domains/inbox/push.ts";
import { requireUser } from "../../src/foundation/access/require-access.ts";
import { askerOf } from "../../src/foundation/http/asker.ts";
import { handle, type TypedApp } from "../../src/foundation/http/routes.ts";
import { Refusal } from "../../src/foundation/refusal/refusal.ts";
import { channels } from "../../src/foundation/schema/channels.ts";

const kind = "carrier-pigeon";
const capabilities: ChannelCapabilities = {
  reply: "push",
  files: [],
  voice: false,
  textLimit: 300,
  replyWindow: { hours: 48, messages: 5 },
  answersByMail: false,
  identities: "wechat",
};

const letter = z.object({
  id: z.string().min(1).max(100),
  from: z.object({ loft: z.string().min(1).max(100), name: z.string().optional() }),
  text: z.string(),
});
export type Letter = z.infer<typeof letter>;

/** The part of a letter that must be readable for it to be stored. */
const envelope = z.looseObject({ id: letter.shape.id, from: z.looseObject({ loft: z.string() }) });

/**
 * A channel that nobody ships: everything of it stands in this folder. Its platform pushes letters to an address of ours,
 * and takes answers at `platform`, by HTTP.
 */
export function pigeonChannel(platform: string): Channel {
  return {
    kind,
    capabilities,
    receive: receiveLetter,
    deliver: (parcel) => deliver(platform, parcel),
    routes,
    adminRoutes,
    pages: {
      slugs: ["pigeon-loft"],
      async register(app) {
        app.get("/pigeon-loft", { config: { permission: "page.read" } }, async () => "Here be pigeons.");
      },
    },
    presentForAdmin: ({ id, origin }) => ({ connect: `${origin}/api/pigeons/${id}/letters` }),
  };
}

const pushLetter = route("POST", "/api/pigeons/:channelId/letters", {
  summary: "Takes a letter of somebody whom a pigeon knows",
  permission: "inbox.store",
  asker: "anybody",
  params: z.object({ channelId: z.uuid() }),
  body: envelope,
});

/** A letter is stored before anything else is done with it. */
async function routes(app: TypedApp, { storage, inbox }: ChannelServices): Promise<void> {
  handle(app, pushLetter, async ({ params: { channelId }, body }) => {
    const [channel] = await storage.system<{ organisation_id: string; kind: string }>("system_channel", [
      channelId,
    ]);
    if (channel?.kind !== kind) throw new Refusal("channel_unknown");
    const { organisation_id: organisationId } = channel;
    const { id: key, from } = body;
    const push = { organisationId, channelId, key, lane: from.loft, body: JSON.stringify(body) };
    await storage.inOrganisation(organisationId, (transaction) => storePushes(transaction, [push]));
    inbox.wake();
  });
}

const createPigeons = route("POST", "/api/channels/pigeons", {
  summary: "Makes a channel",
  permission: "channels.manage",
  body: z.object({ name: z.string() }),
  answer: z.object({ id: z.uuid() }),
});

async function adminRoutes(app: TypedApp, services: ChannelServices): Promise<void> {
  handle(app, createPigeons, async (request) => {
    const { organisationId } = requireUser(askerOf(request, services), "channels.manage");
    const id = newId();
    await services.storage.inOrganisation(organisationId, (transaction) =>
      transaction.insert(channels).values({ organisationId, id, kind, name: request.body.name }),
    );
    return { id };
  });
}

async function receiveLetter(push: StoredPush, services: ChannelServices): Promise<PushOutcome> {
  const read = letter.safeParse(JSON.parse(push.body));
  if (!read.success) return { kind: "refused", reason: "It is no letter." };
  const { from, text } = read.data;
  const { changes } = await receive(services.storage, services.writer, {
    channel: { ...push, capabilities },
    from: {
      identity: { kind: "loft", externalId: from.loft, vouched: false },
      known: { name: from.name ?? null },
    },
    message: { text },
    key: clientIdOf(push),
  });
  services.publish(changes);
  return { kind: "received" };
}

async function deliver(
  platform: string,
  { identities, occurrence, authorName }: Parcel,
): Promise<DeliveryOutcome> {
  const text = occurrence.kind === "message" ? occurrence.text : "";
  const [to] = identities;
  const answer = await fetch(platform, {
    method: "POST",
    body: JSON.stringify({ to: to?.externalId, text, from: authorName }),
  });
  if (answer.ok) return { kind: "delivered" };
  return answer.status < 500
    ? { kind: "refused", reason: "The loft is shut." }
    : { kind: "postponed", reason: "No pigeon is free." };
}
