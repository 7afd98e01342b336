/** Quick replies: the organisation's, for admins; everyone's own; and what the composer offers. */
import {
  choices,
  choicesQuery,
  deletedQuickReplies,
  deleteQuickRepliesBody,
  importQuickRepliesBody,
  importReport,
  quickRepliesPage,
  quickRepliesQuery,
  quickReply,
  quickReplyParameters,
  writtenQuickReply,
} from "../quick-replies.ts";
import { route } from "./route.ts";

export const chooseQuickReplies = route("GET", "/api/quick-replies/choices", {
  summary: "Lists what the composer offers, the best first: everybody's, and the user's own",
  permission: "quickReplies.use",
  query: choicesQuery,
  answer: choices,
  refusals: ["conversation_unknown"],
});

const kept = ["quick_reply_taken"] as const;
const limited = [...kept, "too_many_quick_replies"] as const;
const found = [...kept, "quick_reply_unknown"] as const;

export const listQuickReplies = route("GET", "/api/quick-replies", {
  summary: "Lists the organisation's quick replies, a page after the other",
  permission: "quickReplies.manage",
  query: quickRepliesQuery,
  answer: quickRepliesPage,
});
export const createQuickReply = route("POST", "/api/quick-replies", {
  summary: "Adds a quick reply for everybody",
  permission: "quickReplies.manage",
  body: writtenQuickReply,
  answer: quickReply,
  refusals: limited,
});
export const changeQuickReply = route("PUT", "/api/quick-replies/:quickReplyId", {
  summary: "Writes a quick reply of the organisation anew",
  permission: "quickReplies.manage",
  params: quickReplyParameters,
  body: writtenQuickReply,
  answer: quickReply,
  refusals: found,
});
export const deleteQuickReplies = route("POST", "/api/quick-replies/delete", {
  summary: "Deletes quick replies of the organisation; those that are gone already are not counted",
  permission: "quickReplies.manage",
  body: deleteQuickRepliesBody,
  answer: deletedQuickReplies,
});
export const importQuickReplies = route("POST", "/api/quick-replies/import", {
  summary: "Takes over lines of a table; each is judged by itself",
  permission: "quickReplies.manage",
  body: importQuickRepliesBody,
  answer: importReport,
});
export const exportQuickReplies = route("GET", "/api/quick-replies/export", {
  summary: "Reads the organisation's quick replies as a table",
  permission: "quickReplies.manage",
  download: ["text/csv"],
});

export const listOwnQuickReplies = route("GET", "/api/own-quick-replies", {
  summary: "Lists one's own quick replies, a page after the other",
  permission: "quickReplies.own",
  query: quickRepliesQuery,
  answer: quickRepliesPage,
});
export const createOwnQuickReply = route("POST", "/api/own-quick-replies", {
  summary: "Adds a quick reply of one's own",
  permission: "quickReplies.own",
  body: writtenQuickReply,
  answer: quickReply,
  refusals: limited,
});
export const changeOwnQuickReply = route("PUT", "/api/own-quick-replies/:quickReplyId", {
  summary: "Writes a quick reply of one's own anew",
  permission: "quickReplies.own",
  params: quickReplyParameters,
  body: writtenQuickReply,
  answer: quickReply,
  refusals: found,
});
export const deleteOwnQuickReplies = route("POST", "/api/own-quick-replies/delete", {
  summary: "Deletes quick replies of one's own; those that are gone already are not counted",
  permission: "quickReplies.own",
  body: deleteQuickRepliesBody,
  answer: deletedQuickReplies,
});
export const importOwnQuickReplies = route("POST", "/api/own-quick-replies/import", {
  summary: "Takes over lines of a table as one's own; each is judged by itself",
  permission: "quickReplies.own",
  body: importQuickRepliesBody,
  answer: importReport,
});
export const exportOwnQuickReplies = route("GET", "/api/own-quick-replies/export", {
  summary: "Reads one's own quick replies as a table",
  permission: "quickReplies.own",
  download: ["text/csv"],
});
