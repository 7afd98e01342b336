/** Files of chats, up and down, for the team and for visitors; and transcripts. */
import {
  teamFileParameters,
  teamPartParameters,
  uploadedFile,
  uploadHeaders,
  visitorFileParameters,
  visitorPartParameters,
} from "../files.ts";
import { transcriptParameters, transcriptQuery } from "../transcripts.ts";
import { route } from "./route.ts";

const upload = ["application/octet-stream"] as const;
/** Whatever was sent. Only what the server has made itself is for showing, all else for saving. */
const download = ["application/octet-stream", "image/*", "audio/*", "video/*", "text/*"] as const;
const refusedFiles = [
  "file_unknown",
  "file_empty",
  "file_too_large",
  "file_type_refused",
  "file_mismatched",
  "image_too_many_pixels",
  "image_unreadable",
  "voice_empty",
  "voice_too_long",
  "voice_unreadable",
  "voice_unavailable",
  "storage_full",
  "too_many_requests",
] as const;

export const uploadFile = route("PUT", "/api/conversations/:conversationId/files/:fileId", {
  summary:
    "Uploads a file before the message that carries it; the client makes its id, so that it may try again",
  permission: "message.send",
  params: teamFileParameters,
  headers: uploadHeaders,
  upload,
  answer: uploadedFile,
  refusals: [
    "conversation_unknown",
    "conversation_not_claimed",
    "conversation_claimed",
    "conversation_closed",
    ...refusedFiles,
  ],
});
export const readFile = route("GET", "/api/conversations/:conversationId/files/:fileId/:part", {
  summary: "Reads the file of a message, or its thumbnail; a player may ask for a range of bytes",
  permission: "conversation.read",
  params: teamPartParameters,
  download,
  ranges: true,
  refusals: ["file_unknown"],
});
export const readTranscript = route("GET", "/api/conversations/:conversationId/transcript", {
  summary: "Reads what was said in a chat, as a file",
  permission: "conversation.read",
  params: transcriptParameters,
  query: transcriptQuery,
  download: ["text/html", "application/json", "text/csv"],
  refusals: ["conversation_unknown", "too_many_requests"],
});

export const uploadVisitorFile = route("PUT", "/api/webchat/:channelId/files/:fileId", {
  summary: "Uploads a visitor's file before the message that carries it",
  permission: "conversation.open",
  asker: "visitor",
  params: visitorFileParameters,
  headers: uploadHeaders,
  upload,
  answer: uploadedFile,
  refusals: refusedFiles,
});
export const readVisitorFile = route("GET", "/api/webchat/:channelId/files/:fileId/:part", {
  summary: "Reads the file of a message in the visitor's chat, or its thumbnail",
  permission: "conversation.read",
  asker: "visitor",
  params: visitorPartParameters,
  download,
  ranges: true,
  refusals: ["file_unknown"],
});
