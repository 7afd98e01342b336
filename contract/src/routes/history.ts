/** What was said before: to everybody of the team what they may read. */
import {
  historyChat,
  historyChoices,
  historyConversationParameters,
  historyPage,
  historyQuery,
  hitsPage,
  searchQuery,
} from "../history.ts";
import { route } from "./route.ts";

export const listHistory = route("GET", "/api/history/conversations", {
  summary: "Lists chats, newest first",
  permission: "history.read",
  query: historyQuery,
  answer: historyPage,
});
export const searchMessages = route("GET", "/api/history/messages", {
  summary: "Finds the messages that hold every word, newest first",
  permission: "history.read",
  query: searchQuery,
  answer: hitsPage,
  refusals: ["search_text_invalid"],
});
export const readHistoryChat = route("GET", "/api/history/conversations/:conversationId", {
  summary: "Reads one chat, with everybody of the team who took part in it",
  permission: "history.read",
  params: historyConversationParameters,
  answer: historyChat,
  refusals: ["conversation_unknown"],
});
export const readHistoryChoices = route("GET", "/api/history/choices", {
  summary: "Lists what history can be narrowed down to",
  permission: "history.read",
  answer: historyChoices,
});
