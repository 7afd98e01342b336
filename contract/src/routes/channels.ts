/** Channels of every kind. What is a kind's own stands in a file of its own. */
import { channelList } from "../channels.ts";
import { route } from "./route.ts";

export const listChannels = route("GET", "/api/channels", {
  summary: "Lists the organisation's channels of every kind, oldest first",
  permission: "channels.manage",
  answer: channelList,
});
