import { Button, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { forgetSession } from "../../session/begin-session.ts";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { signOut } from "../../session/session-requests.ts";
import { Entrance } from "../../ui/entrance/entrance.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { FactorSettings } from "./factor-settings.tsx";

/** Before the console opens, where the organisation asks for a second step: set one up, or sign out. */
export function RequiredPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const sentenceOf = useSentence();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      forgetSession();
      await navigate({ to: "/sign-in" });
    },
  });
  return (
    <Entrance title={t("factors.title")}>
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2">
            {t("factors.title")}
          </Title>
          <Text c="dimmed">{t("factors.required")}</Text>
        </div>
        <FactorSettings
          onReady={async () => {
            await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
            await navigate({ to: "/console" });
          }}
        />
        {leaving.isError && <FailureAlert sentence={sentenceOf(leaving.error)} />}
        <Button variant="subtle" w="fit-content" loading={leaving.isPending} onClick={() => leaving.mutate()}>
          {t("header.signOut")}
        </Button>
      </Stack>
    </Entrance>
  );
}
