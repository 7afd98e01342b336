/** Web chats: what a window asks before it has a socket, and what admins set. */
import { identityBody, newVisitor, newVisitorBody, visitorParameters } from "../http.ts";
import {
  checkBody,
  checkResult,
  newSecret,
  newSecretBody,
  newWebChatBody,
  webChat,
  webChatList,
  webChatSettings,
} from "../web-chat.ts";
import { route } from "./route.ts";

export const createVisitor = route("POST", "/api/webchat/:channelId/visitors", {
  summary: "Makes a customer who has not said a word yet, and the token that their browser keeps",
  permission: "visitor.create",
  asker: "anybody",
  params: visitorParameters,
  body: newVisitorBody,
  answer: newVisitor,
  refusals: ["channel_unknown", "embedding_forbidden", "too_many_requests"],
});
export const identifyVisitor = route("POST", "/api/webchat/:channelId/identity", {
  summary: "Makes a browser that of a customer whom the shop's server vouches for",
  permission: "visitor.identify",
  asker: "anybody",
  params: visitorParameters,
  body: identityBody,
  answer: newVisitor,
  refusals: [
    "channel_unknown",
    "embedding_forbidden",
    "too_many_requests",
    "identity_not_set_up",
    "identity_invalid",
    "identity_expired",
  ],
});

export const listWebChats = route("GET", "/api/channels/web-chat", {
  summary: "Lists the organisation's web chats, oldest first",
  permission: "channels.manage",
  answer: webChatList,
});
export const createWebChat = route("POST", "/api/channels/web-chat", {
  summary: "Makes a web chat with the settings that it has by default",
  permission: "channels.manage",
  body: newWebChatBody,
  answer: webChat,
});
export const updateWebChat = route("PUT", "/api/channels/web-chat/:channelId", {
  summary: "Sets everything of a web chat",
  permission: "channels.manage",
  params: visitorParameters,
  body: webChatSettings,
  answer: webChat,
  refusals: ["channel_unknown"],
});
export const makeWebChatSecret = route("POST", "/api/channels/web-chat/:channelId/secret", {
  summary: "Makes a new secret for signing customers' identities, and tells it this once",
  permission: "channels.manage",
  params: visitorParameters,
  body: newSecretBody,
  answer: newSecret,
  refusals: ["channel_unknown"],
});
export const checkPage = route("POST", "/api/channels/web-chat/:channelId/check", {
  summary: "Fetches a page of the shop, and says whether the chat works there",
  permission: "channels.manage",
  params: visitorParameters,
  body: checkBody,
  answer: checkResult,
  refusals: ["channel_unknown", "too_many_requests"],
});
