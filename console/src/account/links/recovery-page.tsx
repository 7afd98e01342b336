import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { forgetSession } from "../../session/begin-session.ts";
import { PasswordLinkPage } from "./password-link-page.tsx";
import { checkRecovery, recoverPassword } from "./requests.ts";

/** Where somebody who forgot their password sets a new one. */
export function RecoveryPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <PasswordLinkPage
      purpose="recovery"
      check={checkRecovery}
      send={recoverPassword}
      onDone={async () => {
        // All sessions of the account are over, also the one that this browser may have had.
        forgetSession();
        await navigate({ to: "/sign-in", search: { ended: "password_changed" } });
      }}
      remedy={
        <Button component={Link} to="/recover" variant="default">
          {t("recovery.again")}
        </Button>
      }
    />
  );
}
