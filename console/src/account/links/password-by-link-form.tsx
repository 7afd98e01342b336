import type { LinkState } from "@grata/contract/account";
import { Button, Stack, Text } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { NewPasswordField } from "../../session/new-password-field.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import type { DeadPurpose } from "./dead-link.ts";

interface PasswordByLinkFormProps<Answer> {
  purpose: DeadPurpose;
  link: Extract<LinkState, { state: "valid" }>;
  sending: UseMutationResult<Answer, Error, string>;
}

/** Asks for the new password of the person whose link it is. */
export function PasswordByLinkForm<Answer>({ purpose, link, sending }: PasswordByLinkFormProps<Answer>) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [password, setPassword] = useState("");
  const wrong = fieldErrors(sending.error).password;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate(password);
      }}
    >
      <Stack gap="md">
        <Text c="dimmed">
          {t(`${purpose}.introduction`, {
            name: plainLine(link.name),
            organisation: plainLine(link.organisation),
          })}
        </Text>
        {sending.isError && wrong === undefined && <FailureAlert sentence={sentenceOf(sending.error)} />}
        {/* Password managers keep the password by this address, and find it there when the next page asks. */}
        <Text fw={600}>
          <bdi>{link.email}</bdi>
        </Text>
        <input type="email" name="email" autoComplete="username" value={link.email} readOnly hidden />
        <NewPasswordField
          name="password"
          label={t("fields.newPassword")}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong}
          autoFocus
        />
        <Button type="submit" fullWidth loading={sending.isPending}>
          {t(`${purpose}.submit`)}
        </Button>
      </Stack>
    </form>
  );
}
