import type { FileMention } from "@grata/contract/files";
import type { TFunction } from "i18next";
import { plainLine } from "../safe-text/plain-line.ts";

/** A message in one line: what it says, or what it carries where it says nothing. */
export function messageWords(
  t: TFunction,
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
