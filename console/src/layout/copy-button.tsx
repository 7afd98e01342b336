import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { DoneIcon } from "../theme/icons.ts";

/** Copies a text and says so for a moment. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 3_000 });
  return (
    <Button
      variant="default"
      w="fit-content"
      leftSection={clipboard.copied ? <DoneIcon size={16} aria-hidden /> : undefined}
      onClick={() => clipboard.copy(text)}
    >
      <span aria-live="polite">{clipboard.copied ? t("copied") : t("copy")}</span>
    </Button>
  );
}
