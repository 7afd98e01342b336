import type { RequestOutput } from "@grata/contract/realtime";

/** What a visitor is told of their chats who never wrote, while nobody of the team is there. */
export const nothingWritten: RequestOutput<"conversation.mine"> = {
  conversation: null,
  earlier: [],
  staffed: false,
  reachable: false,
};
