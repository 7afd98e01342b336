import { Alert, Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { Entrance } from "../../ui/entrance/entrance.tsx";
import { EntranceLink } from "../../ui/entrance/entrance-link.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { requestRecovery } from "./requests.ts";

/** Asks for a link to a new password. The answer is the same whether or not the address belongs to somebody. */
export function RecoverPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [email, setEmail] = useState("");
  const asking = useMutation({ mutationFn: requestRecovery });
  const wrong = fieldErrors(asking.error).email;
  return (
    <Entrance title={t("recover.title")}>
      <Stack gap="lg">
        <Title order={1} size="h2">
          {t("recover.title")}
        </Title>
        {asking.isSuccess ? (
          <>
            <Alert role="status" variant="light" color="ink">
              {t("recover.sent", { email: asking.variables })}
            </Alert>
            <Text c="dimmed">{t("recover.notCome")}</Text>
          </>
        ) : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              asking.mutate(email);
            }}
          >
            <Stack gap="md">
              <Text c="dimmed">{t("recover.lead")}</Text>
              {asking.isError && wrong === undefined && <FailureAlert sentence={sentenceOf(asking.error)} />}
              <TextInput
                label={t("fields.email")}
                name="email"
                type="email"
                autoComplete="username"
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
                error={wrong}
                autoFocus
                required
                withAsterisk={false}
              />
              <Button type="submit" fullWidth loading={asking.isPending}>
                {t("recover.submit")}
              </Button>
            </Stack>
          </form>
        )}
        <EntranceLink to="signIn">{t("recover.back")}</EntranceLink>
      </Stack>
    </Entrance>
  );
}
