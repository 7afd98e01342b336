import type { News } from "@grata/contract/realtime";
import { presentLast } from "../domains/conversations/present.ts";
import type { User } from "../foundation/access/principal.ts";
import { queuesOf } from "../foundation/access/visibility.ts";
import type { Conversation } from "../foundation/schema/conversations.ts";
import type { Storage } from "../foundation/storage/storage.ts";
import { rooms } from "./rooms.ts";

/** Twice the time between two looks, so that a commit that took long is not missed. */
const looksBackSeconds = 8;

type WordsRow = {
  organisation_id: string;
  queue_id: string;
  conversation_id: string;
  head: number;
  last_text: string;
  last_file: Conversation["lastFile"];
  last_author: Conversation["lastAuthor"];
  last_at: Date;
};

/**
 * Tells what was last said in the chats that wait where users on this node see it: a message into a waiting chat is no
 * step of its list, so whoever missed its entry would show old words. To be called every few seconds.
 */
export function createLastWords(storage: Storage, tellHere: (room: string, news: News) => void) {
  let told = new Map<string, number>();

  return {
    async look(users: Iterable<User>): Promise<void> {
      const watched = new Map<string, [organisationId: string, queueId: string]>();
      for (const user of users) {
        for (const queueId of queuesOf(user)) {
          watched.set(rooms.queue(user.organisationId, queueId), [user.organisationId, queueId]);
        }
      }
      const rows = await storage.system<WordsRow>("system_last_words", [
        Array.from(watched.values(), ([organisationId]) => organisationId),
        Array.from(watched.values(), ([, queueId]) => queueId),
        looksBackSeconds,
      ]);
      const fresh = rows.filter(({ conversation_id, head }) => told.get(conversation_id) !== head);
      told = new Map(rows.map(({ conversation_id, head }) => [conversation_id, head]));
      const byRoom = Map.groupBy(fresh, (row) => rooms.queue(row.organisation_id, row.queue_id));
      for (const [room, ofRoom] of byRoom) {
        tellHere(room, { type: "waiting.words", words: ofRoom.map(presentWords) });
      }
    },
  };
}

function presentWords(row: WordsRow) {
  const { conversation_id: conversationId, head, last_text, last_file, last_author, last_at } = row;
  const last = presentLast({
    lastText: last_text,
    lastFile: last_file,
    lastAuthor: last_author,
    lastAt: last_at,
  });
  return { conversationId, head, last };
}
