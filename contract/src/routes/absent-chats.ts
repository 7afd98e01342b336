/** The chats of agents who are gone, for admins. */
import {
  absentChatsPage,
  absentChatsQuery,
  putBackAnswer,
  putBackRequest,
  takeOverRequest,
} from "../absent-chats.ts";
import { route } from "./route.ts";

export const listAbsentChats = route("GET", "/api/absent-chats", {
  summary: "Lists the chats whose agents are gone, whoever has been gone for longest first",
  permission: "absentChats.manage",
  query: absentChatsQuery,
  answer: absentChatsPage,
});
export const putBackChats = route("POST", "/api/absent-chats/put-back", {
  summary: "Puts chats of an absent agent back on the wait list, at most 200 at a time",
  permission: "absentChats.manage",
  body: putBackRequest,
  answer: putBackAnswer,
});
export const takeOverChat = route("POST", "/api/absent-chats/take-over", {
  summary: "Gives the admin who asks the chat of an agent who is gone",
  permission: "absentChats.manage",
  body: takeOverRequest,
  refusals: ["conversation_unknown", "conversation_not_claimed", "conversation_closed", "agent_present"],
});
