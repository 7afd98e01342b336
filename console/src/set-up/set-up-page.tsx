import { Center, Loader, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Entrance } from "../layout/entrance.tsx";
import { beginSession } from "../session/begin-session.ts";
import { checkSetUpToken } from "../session/session-requests.ts";
import { tabTexts } from "../storage/browser-storage.ts";
import { useLanguage } from "../texts/use-language.ts";
import { LinkRefused } from "./link-refused.tsx";
import { SetUpForm } from "./set-up-form.tsx";
import { dropSetUpToken, takeSetUpToken } from "./set-up-token.ts";

/** Where the first admin creates the organisation, with the one-time link that the program printed. */
export function SetUpPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const language = useLanguage();
  const [token] = useState(() => takeSetUpToken(pageAddress, tabTexts) ?? "");
  const check = useQuery({
    queryKey: ["set-up", token, language],
    queryFn: () => checkSetUpToken(token).then(() => true),
    placeholderData: (earlier) => earlier,
  });
  return (
    <Entrance title={t("setUp.title")}>
      <Stack gap="lg">
        <Title order={1} size="h2">
          {t("setUp.title")}
        </Title>
        {check.isPending && (
          <Center mih="10rem">
            <Loader aria-label={t("loading")} />
          </Center>
        )}
        {check.isError && <LinkRefused error={check.error} onRetry={() => void check.refetch()} />}
        {check.isSuccess && (
          <SetUpForm
            token={token}
            onSetUp={async (session) => {
              dropSetUpToken(tabTexts);
              await beginSession(session);
              await navigate({ to: "/console" });
            }}
          />
        )}
      </Stack>
    </Entrance>
  );
}

const pageAddress = {
  get fragment() {
    return window.location.hash;
  },
  clearFragment() {
    window.history.replaceState(window.history.state, "", window.location.pathname);
  },
};
