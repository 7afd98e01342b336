import { pathOf, withQuery } from "@grata/client/route-address";
import { readTranscript } from "@grata/contract/routes/files";
import { transcriptFormats } from "@grata/contract/transcripts";
import { Button, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DownloadIcon } from "../ui/theme/icons.ts";
import { useLocale } from "../ui/time/use-locale.ts";

/** The transcript of a chat, to be saved as one of three kinds of files, in the reader's language and by their clock. */
export function TranscriptMenu({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          leftSection={<DownloadIcon size={16} aria-hidden />}
        >
          {t("transcript.download")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {transcriptFormats.map((format) => (
          <Menu.Item
            key={format}
            component="a"
            download
            href={withQuery(pathOf(readTranscript, { conversationId }), { format, ...locale })}
          >
            {t(`transcript.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
