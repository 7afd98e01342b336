import type { PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PasswordField } from "./password-field.tsx";
import { passwordLength } from "./password-length.ts";

/** A new password with a hint that counts along while it is typed. */
export function NewPasswordField({ value, ...props }: PasswordInputProps & { value: string }) {
  const { t } = useTranslation();
  return (
    <PasswordField
      label={t("fields.password")}
      {...props}
      value={value}
      description={hint()}
      autoComplete="new-password"
      required
      withAsterisk={false}
    />
  );

  function hint(): string {
    const measured = passwordLength(value);
    switch (measured.state) {
      case "short":
        return measured.length === 0
          ? t("setUp.password.rule")
          : t("setUp.password.missing", { count: measured.missing });
      case "enough":
        return t("setUp.password.enough", { count: measured.length });
      case "long":
        return t("setUp.password.long");
    }
  }
}
