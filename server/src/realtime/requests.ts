import type { RequestInput, RequestOutput, RequestType } from "@grata/contract/realtime";
import { open } from "../channels/webchat/open.ts";
import { listColleagues } from "../domains/accounts/list-colleagues.ts";
import { changePause, notePutBackRead, readOwnPresence } from "../domains/accounts/pause.ts";
import { addNote } from "../domains/conversations/add-note.ts";
import { claim, claimNext } from "../domains/conversations/claim.ts";
import { close } from "../domains/conversations/close.ts";
import { handBack, handBackAll } from "../domains/conversations/hand-back.ts";
import { createListWaiting, listCurrent } from "../domains/conversations/lists/list.ts";
import { markRead } from "../domains/conversations/mark-read.ts";
import { findMine } from "../domains/conversations/mine.ts";
import {
  type CurrentLine,
  presentCustomerEntry,
  presentTeamEntry,
  withCapabilities,
} from "../domains/conversations/present.ts";
import { readDeliveriesAfter } from "../domains/conversations/read-deliveries.ts";
import { readEntriesAfter, readEntriesBefore } from "../domains/conversations/read-entries.ts";
import { reopen } from "../domains/conversations/reopen.ts";
import { send } from "../domains/conversations/send.ts";
import { transfer } from "../domains/conversations/transfer.ts";
import { listTargets } from "../domains/conversations/transfer-targets.ts";
import { createTyping } from "../domains/conversations/typing.ts";
import { resend } from "../domains/deliveries/resend.ts";
import { requireAccess } from "../foundation/access/require-access.ts";
import type { Connected } from "./context.ts";
import type { PresenceBoard } from "./presence-board.ts";
import type { RealtimeServices } from "./services.ts";
import { createUsed } from "./used.ts";

type Handlers = {
  [Type in RequestType]: (from: Connected, input: RequestInput<Type>) => Promise<RequestOutput<Type>>;
};

/** What each request of the realtime contract does: ask, act, tell the others, answer. */
export function createHandlers(
  { storage, writer, publish, limits, logFault, channels }: RealtimeServices,
  board: PresenceBoard,
): Handlers {
  const typing = createTyping(storage);
  const listWaiting = createListWaiting(storage, channels.capabilitiesOf);
  const shown = (line: CurrentLine) => withCapabilities(line, channels.capabilitiesOf);
  const used = createUsed(storage, logFault);
  return {
    "waiting.list": (from, input) => listWaiting(from.principal, input),
    "current.list": async (from) => {
      const { version, conversations } = await listCurrent(storage, from.principal);
      return { version, conversations: conversations.map(shown) };
    },
    "conversation.mine": (from) => findMine(storage, from.principal),
    "entries.after": (from, input) => readEntriesAfter(storage, from.principal, input),
    "entries.before": (from, input) => readEntriesBefore(storage, from.principal, input),
    "deliveries.after": (from, input) => readDeliveriesAfter(storage, from.principal, input),
    "conversation.claim": async (from, input) => {
      used(from);
      const { conversation, changes } = await claim(storage, from.principal, input, channels.capabilitiesOf);
      publish(changes);
      return { conversation: shown(conversation) };
    },
    "conversation.claimNext": async (from, input) => {
      used(from);
      const { conversation, changes } = await claimNext(
        storage,
        from.principal,
        input,
        channels.capabilitiesOf,
      );
      publish(changes);
      return { conversation: shown(conversation) };
    },
    "conversation.close": async (from, input) => {
      used(from);
      publish(await close(storage, from.principal, input));
      return {};
    },
    "conversation.reopen": async (from, input) => {
      used(from);
      const { conversation, changes } = await reopen(storage, from.principal, input, channels.capabilitiesOf);
      publish(changes);
      return { conversation: shown(conversation) };
    },
    "conversation.release": async (from, input) => {
      used(from);
      publish(await handBack(storage, from.principal, input));
      return {};
    },
    "conversation.releaseAll": async (from) => {
      used(from);
      const { released, changes } = await handBackAll(storage, from.principal);
      publish(changes);
      return { released };
    },
    "conversation.transfer": async (from, input) => {
      used(from);
      publish(await transfer(storage, from.principal, input, channels.capabilitiesOf));
      return {};
    },
    "transfer.targets": async (from, input) => {
      const { users, groups } = await listTargets(storage, from.principal, input);
      const present = await board.of(from.principal.organisationId);
      return {
        users: users.map((user) => ({ ...user, presence: present.get(user.id) ?? "offline" })),
        groups,
      };
    },
    "note.add": async (from, input) => {
      used(from);
      const { entry, changes } = await addNote(storage, from.principal, input);
      publish(changes);
      return { entry: presentTeamEntry(entry) };
    },
    "presence.mine": async (from) => {
      requireAccess(from.principal, "presence.read", null);
      // First, so that whatever moves after the answer is told.
      await board.of(from.principal.organisationId);
      return readOwnPresence(storage, from.principal);
    },
    "presence.noted": async (from) => {
      await notePutBackRead(storage, from.principal);
      return {};
    },
    "presence.pause": (from, input) => {
      used(from);
      return changePause(storage, from.principal, input);
    },
    "presence.list": async (from) => {
      const colleagues = await listColleagues(storage, from.principal);
      const present = await board.of(from.principal.organisationId);
      return { users: colleagues.map((user) => ({ ...user, presence: present.get(user.id) ?? "offline" })) };
    },
    "conversation.read": async (from, input) => {
      used(from);
      publish(await markRead(storage, from.principal, { ...input, connectionId: from.connectionId }));
      return {};
    },
    "conversation.typing": async (from, input) => {
      used(from);
      publish(await typing(from.principal, input));
      return {};
    },
    "conversation.open": async (from, input) => {
      const { changes, conversation, entry } = await open(
        storage,
        writer,
        from.principal,
        { ...input, connectionId: from.connectionId, userAgent: from.userAgent },
        () => limits.newChat(from.network),
      );
      publish(changes);
      return { conversation, entry };
    },
    "message.resend": async (from, input) => {
      used(from);
      publish(await resend(storage, from.principal, input));
      return {};
    },
    // The writer publishes what it stores: it alone knows in which order.
    "message.send": async (from, input) => {
      used(from);
      const { seq, at, entry } = await send(storage, writer, from.principal, {
        ...input,
        connectionId: from.connectionId,
      });
      const present = from.principal.kind === "user" ? presentTeamEntry : presentCustomerEntry;
      return { seq, at: at.getTime(), entry: present(entry) };
    },
  };
}
