import { useNavigate } from "@tanstack/react-router";
import { beginSession } from "../../session/begin-session.ts";
import { PasswordLinkPage } from "./password-link-page.tsx";
import { acceptInvitation, checkInvitation } from "./requests.ts";

/** Where somebody who was invited sets their password, and goes straight into the console. */
export function InvitationPage() {
  const navigate = useNavigate();
  return (
    <PasswordLinkPage
      purpose="invitation"
      check={checkInvitation}
      send={acceptInvitation}
      onDone={async (session) => {
        await beginSession(session);
        await navigate({ to: "/console" });
      }}
    />
  );
}
