import { imageEndings, otherEndings } from "@grata/contract/file-limits";
import { ActionIcon } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { AttachIcon } from "../../ui/theme/icons.ts";
import { type FileKinds, stage } from "./stage.ts";
import { useStaged } from "./use-staged.ts";

/** The endings of what may be chosen, as a browser's own dialog takes them. */
function accepted(kinds: FileKinds): string {
  const endings = [
    ...(kinds.includes("image") ? imageEndings : []),
    ...(kinds.includes("file") ? otherEndings : []),
  ];
  return endings.map((ending) => `.${ending}`).join(",");
}

interface AttachButtonProps {
  conversationId: string;
  kinds: FileKinds;
  onStaged: () => void;
}

/** Opens the browser's own choice of files. */
export function AttachButton({ conversationId, kinds, onStaged }: AttachButtonProps) {
  const { t } = useTranslation();
  const staged = useStaged(conversationId);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accepted(kinds)}
        aria-label={t("files.attach")}
        onChange={({ currentTarget }) => {
          stage(staged, [...(currentTarget.files ?? [])], kinds);
          // The same file chosen again is a change too.
          currentTarget.value = "";
          onStaged();
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t("files.attach")}
        title={t("files.attach")}
        onClick={() => input.current?.click()}
      >
        <AttachIcon size={20} aria-hidden />
      </ActionIcon>
    </>
  );
}
