import type { SignedInUser } from "@grata/contract/http";
import type { SecondStep as Step } from "@grata/contract/second-factor";
import { Alert, Stack, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { beginSession } from "../../session/begin-session.ts";
import { Entrance } from "../../ui/entrance/entrance.tsx";
import { useLook } from "../../ui/entrance/look.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { SignInForm } from "./sign-in-form.tsx";

const SecondStep = latePart(async () => (await import("../factors/second-step.tsx")).SecondStep, {
  place: "section",
  close: ({ onBack }) => onBack(),
});
const PasskeySignIn = latePart(async () => (await import("../factors/passkey-sign-in.tsx")).PasskeySignIn, {
  place: "section",
});

/** Where a user signs in, and learns why they were signed out: everybody, or the members of one organisation. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // A passkey knows no organisation, so an own page, where only members sign in, asks for the password first.
  const look = useLook();
  const { ended, to } = useSearch({ strict: false });
  const [owed, setOwed] = useState<readonly Step[] | null>(null);
  const enter = async (session: SignedInUser) => {
    await beginSession(session);
    await navigate({ to: to ?? "/console" });
  };
  return (
    <Entrance title={t("signIn.title")}>
      <Stack gap="lg">
        <Title order={1} size="h2">
          {owed === null ? t("signIn.title") : t("factors.step.title")}
        </Title>
        {owed === null && ended !== undefined && (
          <Alert role="status" variant="light" color="ink">
            {t(`signIn.ended.${ended}`)}
          </Alert>
        )}
        {owed === null ? (
          <>
            <SignInForm onSignedIn={enter} onStepOwed={setOwed} />
            {look === null && (
              <Suspense>
                <PasskeySignIn onSignedIn={enter} />
              </Suspense>
            )}
          </>
        ) : (
          <Suspense>
            <SecondStep steps={owed} onSignedIn={enter} onBack={() => setOwed(null)} />
          </Suspense>
        )}
      </Stack>
    </Entrance>
  );
}
