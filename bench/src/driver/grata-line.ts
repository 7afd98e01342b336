import { randomUUID } from "node:crypto";
import type { AuthorKind } from "@grata/contract/entries";
import type { News } from "@grata/contract/realtime";
import type { Line, LineEvents, OpenLine } from "./line.ts";
import type { Wire } from "./wire.ts";

/** Of both ends together the server lets 64 messages of a conversation wait. Our client has one under way. */
const underWayLimit = 30;

/** One end of a conversation of Grata: the customer's or the user's who claimed it. */
export function grataLine(wire: Wire, conversationId: string, own: AuthorKind): OpenLine {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  const line: Line = {
    send(number, text) {
      const leave = () => {
        underWay++;
        const clientId = randomUUID();
        wire.request({ type: "message.send", conversationId, clientId, text }, (answer) => {
          underWay--;
          waiting.shift()?.();
          if (answer.ok) events?.acknowledged(number);
          else events?.failed(`The server refused a message: ${answer.error.code}.`);
        });
      };
      if (underWay < underWayLimit) leave();
      else waiting.push(leave);
    },
  };
  let events: LineEvents | undefined;
  wire.onNews = (news) => {
    for (const text of messagesOf(news, conversationId, own)) events?.delivered(text);
  };
  wire.onLost = (reason) => events?.failed(reason);
  return {
    line,
    listen(listener) {
      events = listener;
    },
  };
}

/** The texts of the other end. Our own come back when they shared a commit with the other end's. */
function messagesOf(news: News, conversationId: string, own: AuthorKind): string[] {
  if (news.type !== "entries" || news.conversationId !== conversationId) return [];
  return news.entries.flatMap(({ author, occurrence }) =>
    author.kind !== own && occurrence.kind === "message" ? [occurrence.text] : [],
  );
}
