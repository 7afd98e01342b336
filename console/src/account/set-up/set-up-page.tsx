import { Center, Loader, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { beginSession } from "../../session/begin-session.ts";
import { checkSetUpToken } from "../../session/session-requests.ts";
import { Entrance } from "../../ui/entrance/entrance.tsx";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { useLinkToken } from "../links/use-link-token.ts";
import { LinkRefused } from "./link-refused.tsx";
import { SetUpForm } from "./set-up-form.tsx";

/** Where the first admin creates the organisation, with the one-time link that the program printed. */
export function SetUpPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const language = useLanguage();
  const { token, drop } = useLinkToken("set-up");
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
              drop();
              await beginSession(session);
              await navigate({ to: "/console" });
            }}
          />
        )}
      </Stack>
    </Entrance>
  );
}
