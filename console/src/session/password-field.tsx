import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** A password that its owner may look at; the button says what it will do, and the keyboard reaches it. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation();
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      {...props}
      // Mantine says it for every other field.
      aria-invalid={props.error ? true : undefined}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleFocusable
      // The label alone tells the state; a pressed button that says "Hide" would tell it twice and reversed.
      visibilityToggleButtonProps={{
        "aria-label": visible ? t("fields.hidePassword") : t("fields.showPassword"),
        "aria-pressed": undefined,
      }}
    />
  );
}
