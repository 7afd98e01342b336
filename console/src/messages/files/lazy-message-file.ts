import { latePart } from "../../ui/late/late-part.tsx";

/** Apart from the messages: the button of voice messages loads it ahead. */
export const MessageFile = latePart(async () => (await import("./message-file.tsx")).MessageFile, {
  place: "section",
  ahead: true,
});
