import { logoLimits, logoTypes } from "@grata/contract/own-entrance";
import { Button, FileButton, Group, Input, Text } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Face } from "./face.tsx";

interface AvatarFieldProps {
  name: string;
  picture: string | null;
  /** Why the last one was not taken. */
  error: string | null;
  onChoose: (file: File | null) => void;
  onTooLarge: () => void;
}

/** The picture of an identity, and ways to another one or none. */
export function AvatarField({ name, picture, error, onChoose, onTooLarge }: AvatarFieldProps) {
  const { t } = useTranslation("identities");
  const chosenBefore = useRef<() => void>(null);
  return (
    <Input.Wrapper label={t("avatar")} labelElement="div" error={error} errorProps={{ role: "alert" }}>
      <Group gap="sm" mt={4}>
        <Face name={name} picture={picture} />
        <FileButton
          accept={logoTypes.join(",")}
          resetRef={chosenBefore}
          onChange={(file) => {
            if (file === null) return;
            // The same file may be chosen again once it was mended.
            chosenBefore.current?.();
            if (file.size > logoLimits.bytes) onTooLarge();
            else onChoose(file);
          }}
        >
          {(props) => (
            <Button {...props} variant="default">
              {t(picture === null ? "upload" : "replace")}
            </Button>
          )}
        </FileButton>
        {picture !== null && (
          <Button variant="default" onClick={() => onChoose(null)}>
            {t("removeAvatar")}
          </Button>
        )}
      </Group>
      <Text c="dimmed" size="sm" mt={4}>
        {t("avatarHint")}
      </Text>
    </Input.Wrapper>
  );
}
