import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { DoneIcon } from "../theme/icons.ts";

interface CopyButtonProps {
  text: string;
  /** The id of what shows the text, where there are several. */
  of?: string;
  /** To copy is what one came for. */
  main?: boolean;
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, of, main = false }: CopyButtonProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 3_000 });
  return (
    <Button
      variant={main ? "filled" : "default"}
      w="fit-content"
      aria-describedby={of}
      leftSection={clipboard.copied ? <DoneIcon size={16} aria-hidden /> : undefined}
      onClick={() => clipboard.copy(text)}
    >
      <span aria-live="polite">{clipboard.copied ? t("copied") : t("copy")}</span>
    </Button>
  );
}
