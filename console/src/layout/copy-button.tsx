import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { DoneIcon } from "../theme/icons.ts";

/** Copies a text and says so for a moment. `of` is the id of what shows the text, where there are several. */
export function CopyButton({ text, of }: { text: string; of?: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 3_000 });
  return (
    <Button
      variant="default"
      w="fit-content"
      aria-describedby={of}
      leftSection={clipboard.copied ? <DoneIcon size={16} aria-hidden /> : undefined}
      onClick={() => clipboard.copy(text)}
    >
      <span aria-live="polite">{clipboard.copied ? t("copied") : t("copy")}</span>
    </Button>
  );
}
