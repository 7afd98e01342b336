import { Alert, Stack, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Entrance } from "../layout/entrance.tsx";
import { beginSession } from "../session/begin-session.ts";
import { SignInForm } from "./sign-in-form.tsx";

/** Where a user signs in, and learns why they were signed out: everybody, or the members of one organisation. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { ended, to } = useSearch({ strict: false });
  return (
    <Entrance title={t("signIn.title")}>
      <Stack gap="lg">
        <Title order={1} size="h2">
          {t("signIn.title")}
        </Title>
        {ended !== undefined && (
          <Alert role="status" variant="light" color="ink">
            {t(`signIn.ended.${ended}`)}
          </Alert>
        )}
        <SignInForm
          onSignedIn={async (session) => {
            await beginSession(session);
            await navigate({ to: to ?? "/console" });
          }}
        />
      </Stack>
    </Entrance>
  );
}
