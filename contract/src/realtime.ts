/** The realtime contract: a version, what a client may ask, what the server tells. No logic. */
import * as z from "zod/mini";
import { currentConversation, customerConversation, waitingConversation } from "./conversations.ts";
import { clientId, customerEntry, deliveryState, instant, mentionsLimit, seq, teamEntry } from "./entries.ts";
import type { failure } from "./errors.ts";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";
import { endReasons } from "./protocol.ts";
import { page, webAddress } from "./source.ts";
import { presence } from "./team.ts";
import { customerName, emailAddress, fails, isSaid, messageOrNothing, messageText } from "./text.ts";

export {
  endReasons,
  newsEvent,
  oldestRealtimeVersion,
  realtimePath,
  realtimeVersion,
  requestEvent,
} from "./protocol.ts";

/** What a socket presents when it connects. A user's session travels in its cookie, never here. */
export const handshake = z.discriminatedUnion("as", [
  z.object({ as: z.literal("user"), version: z.int(), language: z.optional(language) }),
  z.object({
    as: z.literal("visitor"),
    version: z.int(),
    channel: identifier,
    token: z.string().check(z.maxLength(100)),
    language: z.optional(language),
  }),
]);
export type Handshake = z.infer<typeof handshake>;

/** From which end of the wait list: who waits longest, or who came last. */
const waitOrder = z.enum(["longest", "newest"]);
export type WaitOrder = z.infer<typeof waitOrder>;

const entriesLimit = z.int().check(z.minimum(1), z.maximum(200));

/** What is sent: a text, or a file that its sender uploaded for it, or both. */
const said = { text: messageOrNothing, file: z.optional(identifier) };
const saysSomething = z.refine<{ text: string; file?: string | undefined }>(
  ({ text, file }) => isSaid(text) || (text === "" && file !== undefined),
  { ...fails("message_empty"), path: ["text"] },
);

/** Everything a client may ask, with the shape of the answer. */
export const requests = {
  /** Those of a queue's wait list who come first in `order`, which is `longest` where it is left out. Without `queue`: everybody's; its answer names the user's other queues. */
  "waiting.list": {
    input: z.object({ queue: z.optional(identifier), order: z.optional(waitOrder) }),
    output: z.object({
      version: z.int(),
      total: z.int(),
      conversations: z.array(waitingConversation),
      order: z.optional(waitOrder),
      queues: z.optional(z.array(identifier)),
    }),
  },
  "current.list": {
    input: z.object({}),
    output: z.object({ version: z.int(), conversations: z.array(currentConversation) }),
  },
  "conversation.claim": {
    input: z.object({ conversationId: identifier }),
    output: z.object({ conversation: currentConversation }),
  },
  "conversation.claimNext": {
    input: z.object({ order: waitOrder }),
    output: z.object({ conversation: currentConversation }),
  },
  /** `seen`: the last number that the agent had before them. If the customer wrote after it, the chat stays open. */
  "conversation.close": {
    input: z.object({ conversationId: identifier, seen: z.optional(seq) }),
    output: z.object({}),
  },
  /** Takes back a closing of one's own, soon after it: the same chat goes on. Asking twice reopens once. */
  "conversation.reopen": {
    input: z.object({ conversationId: identifier }),
    output: z.object({ conversation: currentConversation }),
  },
  /** One of one's own chats, back to the wait list. */
  "conversation.release": { input: z.object({ conversationId: identifier }), output: z.object({}) },
  /** All of them at once; `released` is how many there were. */
  "conversation.releaseAll": { input: z.object({}), output: z.object({ released: z.int() }) },
  /** Hands one of one's own chats on. `anyway`: also to a colleague who is away or paused. */
  "conversation.transfer": {
    input: z.object({
      conversationId: identifier,
      to: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("everybody") }),
        z.object({ kind: z.literal("group"), groupId: identifier }),
        z.object({ kind: z.literal("user"), userId: identifier }),
      ]),
      note: z.optional(messageText),
      anyway: z.optional(z.boolean()),
    }),
    output: z.object({}),
  },
  /** Lists where a chat can be handed: active colleagues and all groups. */
  "transfer.targets": {
    input: z.object({ conversationId: identifier }),
    output: z.object({
      users: z.array(
        z.object({
          id: identifier,
          name: z.string(),
          presence,
          /** How many chats they serve. */
          chats: z.int(),
          /** False: they are not in the group that the chat belongs to. */
          sees: z.boolean(),
        }),
      ),
      groups: z.array(z.object({ id: identifier, name: z.string(), present: z.int() })),
    }),
  },
  /** Writes a note for the team into a chat. Those whom it mentions are told. */
  "note.add": {
    input: z.object({
      conversationId: identifier,
      clientId,
      text: messageText,
      mentions: z.array(identifier).check(z.maxLength(mentionsLimit)),
    }),
    output: z.object({ entry: teamEntry }),
  },
  "conversation.read": { input: z.object({ conversationId: identifier, seq }), output: z.object({}) },
  /** Somebody is writing, or stopped. Told to the other party; whoever hears it lets it lapse after five seconds. */
  "conversation.typing": {
    input: z.object({ conversationId: identifier, typing: z.boolean() }),
    output: z.object({}),
  },
  "conversation.open": {
    input: z
      .object({
        clientId,
        ...said,
        page: z.optional(page),
        referrer: z.optional(webAddress),
        /** From the form that is shown when nobody is there. */
        contact: z.optional(z.object({ name: z.optional(customerName), email: emailAddress })),
      })
      .check(saysSomething),
    output: z.object({ conversation: customerConversation, entry: customerEntry }),
  },
  "conversation.mine": {
    input: z.object({}),
    output: z.object({
      conversation: z.nullable(customerConversation),
      /** The closed ones before it, oldest first; not more than the newest twenty. */
      earlier: z.array(customerConversation),
      /** Whether somebody of the team is there now. */
      staffed: z.boolean(),
      /** True while the serving agent is there. Absent when no agent serves the conversation. */
      served: z.optional(z.boolean()),
      /** Whether an answer reaches the customer by e-mail when they are gone. */
      reachable: z.boolean(),
    }),
  },
  /** Whether one pauses oneself. From then on the news tell of it. */
  "presence.mine": {
    input: z.object({}),
    output: z.object({
      paused: z.boolean(),
      /** How many of one's chats went back to the wait list while one was gone, until `presence.noted`; left out: none. */
      putBack: z.optional(z.int()),
    }),
  },
  /** The user has read how many of their chats went back. */
  "presence.noted": { input: z.object({}), output: z.object({}) },
  "presence.pause": {
    input: z.object({ paused: z.boolean() }),
    output: z.object({ paused: z.boolean() }),
  },
  /** Everybody who can work here. From then on the news tell of each change. */
  "presence.list": {
    input: z.object({}),
    output: z.object({ users: z.array(z.object({ id: identifier, name: z.string(), presence })) }),
  },
  "message.send": {
    input: z
      .object({
        conversationId: identifier,
        clientId,
        ...said,
        /** The number of the message that this one answers. */
        quote: z.optional(seq),
      })
      .check(saysSomething),
    /** The entry as it is stored; of a repeat the first one. Older servers leave it out. */
    output: z.object({ seq, at: instant, entry: z.optional(z.union([teamEntry, customerEntry])) }),
  },
  /** Hands a message to the channel once more, if its last change is still the one with this number. */
  "message.resend": {
    input: z.object({ conversationId: identifier, seq, deliveryVersion: seq }),
    output: z.object({}),
  },
  /** Lists the delivery changes after this number, and the number of the last one. */
  "deliveries.after": {
    input: z.object({ conversationId: identifier, after: seq }),
    output: z.object({ version: z.int(), states: z.array(deliveryState) }),
  },
  "entries.after": {
    input: z.object({ conversationId: identifier, after: seq, limit: z.optional(entriesLimit) }),
    output: z.object({ head: seq, entries: z.array(z.union([teamEntry, customerEntry])) }),
  },
  "entries.before": {
    input: z.object({ conversationId: identifier, before: seq, limit: z.optional(entriesLimit) }),
    output: z.object({ head: seq, entries: z.array(z.union([teamEntry, customerEntry])) }),
  },
} as const;

export type RequestType = keyof typeof requests;
export type RequestInput<Type extends RequestType> = z.infer<(typeof requests)[Type]["input"]>;
export type RequestOutput<Type extends RequestType> = z.infer<(typeof requests)[Type]["output"]>;

/** A request on the wire: `{ type, ...input }`. */
export type ClientRequest = { [Type in RequestType]: { type: Type } & RequestInput<Type> }[RequestType];

/** The answer on the wire. */
export type Answer<Type extends RequestType> =
  | { ok: true; value: RequestOutput<Type> }
  | { ok: false; error: z.infer<typeof failure> };

/** Everything the server tells without being asked. */
export const news = z.discriminatedUnion("type", [
  /** Sent once on each connection. `now` lets a client show waiting times by the server's clock. */
  z.object({ type: z.literal("welcome"), now: instant }),
  z.object({
    type: z.literal("entries"),
    conversationId: identifier,
    entries: z.array(z.union([teamEntry, customerEntry])),
  }),
  /** The other party is writing, or stopped. Never stored, may be lost. */
  z.object({
    type: z.literal("typing"),
    conversationId: identifier,
    by: z.enum(["customer", "user"]),
    typing: z.boolean(),
  }),
  /** The last numbers as the database has them: a client that is behind asks for what it misses. */
  z.object({
    type: z.literal("heads"),
    heads: z.array(
      z.object({
        conversationId: identifier,
        head: seq,
        /** The number of the last change of a delivery state, for the team. Left out: there was none. */
        deliveries: z.optional(z.int()),
      }),
    ),
  }),
  /** Delivery states of messages that changed. For the team. */
  z.object({
    type: z.literal("deliveries"),
    conversationId: identifier,
    states: z.array(deliveryState),
  }),
  /** One step of a queue's wait list, from `version - 1` to `version`. Without `queue`: of everybody's. */
  z.object({
    type: z.literal("waiting.changed"),
    queue: z.optional(identifier),
    version: z.int(),
    total: z.int(),
    changed: z.array(waitingConversation),
    removed: z.array(identifier),
  }),
  /** One step of this agent's current chats. */
  z.object({
    type: z.literal("current.changed"),
    version: z.int(),
    changed: z.array(currentConversation),
    removed: z.array(identifier),
  }),
  /** Something is known anew of these customers; null: of any. What it is is asked for, by who may see them. */
  z.object({ type: z.literal("customer.changed"), customerIds: z.nullable(z.array(identifier)) }),
  /** What was said in these conversations was erased. To the whole team: anybody may have one on screen. */
  z.object({
    type: z.literal("erased"),
    conversations: z.array(z.object({ conversationId: identifier, head: seq })),
  }),
  /** This user has read a conversation up to `seq`, in another of their tabs. */
  z.object({ type: z.literal("read"), conversationId: identifier, seq }),
  /** The lists' versions as the database has them. */
  z.object({
    type: z.literal("versions"),
    waiting: z.optional(z.int()),
    current: z.optional(z.int()),
    waitingIn: z.optional(z.object({ queue: identifier, version: z.int() })),
  }),
  /** Last words of waiting chats, read from the database some seconds after their entries were told. */
  z.object({
    type: z.literal("waiting.words"),
    words: z.array(z.object({ conversationId: identifier, head: seq, last: waitingConversation.shape.last })),
  }),
  /** To a customer: whether somebody of the team is there, and whether whoever serves their chat is. */
  z.object({ type: z.literal("standing"), staffed: z.boolean(), served: z.optional(z.boolean()) }),
  /** Who of the team came, paused or went. */
  z.object({
    type: z.literal("presence"),
    changes: z.array(z.object({ userId: identifier, presence })),
  }),
  /** A chat came into this user's own list by somebody else's doing. */
  z.object({ type: z.literal("handed"), conversationId: identifier, by: z.string() }),
  /** A note mentions this user. They may not see the chat it stands in: then its words are all they get. */
  z.object({ type: z.literal("mentioned"), conversationId: identifier, by: z.string(), text: z.string() }),
  z.object({ type: z.literal("session.ended"), reason: z.enum(endReasons) }),
]);
export type News = z.infer<typeof news>;
export type EndReason = (typeof endReasons)[number];
