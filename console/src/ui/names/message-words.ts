import type { FileMention } from "@grata/contract/files";
import { plainLine } from "../safe-text/plain-line.ts";

/** The words for what a message carries. */
export type MessageSay = ((key: "files.image" | "files.voice") => string) &
  ((key: "files.file", values: { name: string }) => string);

/** A message in one line: what it says, or what it carries where it says nothing. */
export function messageWords(
  t: MessageSay,
  { text, file }: { text: string; file?: FileMention | undefined },
): string {
  const said = plainLine(text);
  if (said !== "" || file === undefined) {
    return said;
  }
  switch (file.kind) {
    case "image":
      return t("files.image");
    case "voice":
      return t("files.voice");
    case "file":
      return t("files.file", { name: plainLine(file.name) });
  }
}
