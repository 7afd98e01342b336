import { ActionIcon, Center, Loader, Popover } from "@mantine/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { latePart } from "../../ui/late/late-part.tsx";
import { currentLanguage } from "../../ui/texts/texts.ts";
import { EmojiIcon } from "../../ui/theme/icons.ts";
import { emojiBooks } from "./emoji-books.ts";

const EmojiPicker = latePart(async () => (await import("./emoji-picker.tsx")).EmojiPicker, {
  place: "section",
  texts: [() => emojiBooks[currentLanguage()].get()],
  ahead: true,
});

interface EmojiButtonProps {
  onPick: (emoji: string) => void;
  /** The picker was closed, with or without a choice. */
  onClose: () => void;
}

/** Opens the emoji below it, which are loaded when somebody first asks for them. */
export function EmojiButton({ onPick, onClose }: EmojiButtonProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);

  function close(): void {
    setOpened(false);
    onClose();
  }

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      onClose={onClose}
      position="top-end"
      width={340}
      shadow="md"
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("emoji.open")}
          onClick={() => (opened ? close() : setOpened(true))}
          // While the emoji are on their way the focus is still here, where the popover does not see the key.
          onKeyDown={({ key }) => {
            if (opened && key === "Escape") {
              close();
            }
          }}
        >
          <EmojiIcon size={20} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t("emoji.title")}>
        <Suspense
          fallback={
            <Center h={320}>
              <Loader aria-label={t("loading")} />
            </Center>
          }
        >
          <EmojiPicker
            onPick={(emoji) => {
              onPick(emoji);
              close();
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
