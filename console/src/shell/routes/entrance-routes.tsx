import { createRoute, redirect } from "@tanstack/react-router";
import { SignInPage } from "../../account/sign-in/sign-in-page.tsx";
import { readSignInSearch } from "../../account/sign-in/sign-in-search.ts";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { root } from "./root.tsx";

/** Leads users who are signed in to the console. */
async function refuseSignedIn(): Promise<void> {
  if ((await queryClient.ensureQueryData(sessionQuery)) !== null) {
    throw redirect({ to: "/console" });
  }
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readSignInSearch,
  beforeLoad: refuseSignedIn,
  component: SignInPage,
});

/** An organisation's own sign-in page. The server has nothing at an address that is nobody's. */
const ownSignIn = createRoute({
  getParentRoute: () => root,
  path: "/$slug",
  validateSearch: readSignInSearch,
  beforeLoad: refuseSignedIn,
  component: SignInPage,
});

const ownRecover = createRoute({
  getParentRoute: () => root,
  path: "/$slug/recover",
  component: latePart(async () => (await import("../../account/links/recover-page.tsx")).RecoverPage, {
    place: "entrance",
  }),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up",
  component: latePart(async () => (await import("../../account/set-up/set-up-page.tsx")).SetUpPage, {
    place: "entrance",
  }),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: latePart(async () => (await import("../../account/links/invitation-page.tsx")).InvitationPage, {
    place: "entrance",
  }),
});

const recover = createRoute({
  getParentRoute: () => root,
  path: "/recover",
  component: latePart(async () => (await import("../../account/links/recover-page.tsx")).RecoverPage, {
    place: "entrance",
  }),
});

const recovery = createRoute({
  getParentRoute: () => root,
  path: "/recover/password",
  component: latePart(async () => (await import("../../account/links/recovery-page.tsx")).RecoveryPage, {
    place: "entrance",
  }),
});

const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) {
      throw redirect({ to: "/sign-in" });
    }
    if (!session.secondFactorMissing) {
      throw redirect({ to: "/console" });
    }
  },
  component: latePart(async () => (await import("../../account/factors/required-page.tsx")).RequiredPage, {
    place: "entrance",
  }),
});

/** The pages before the console. */
export const entranceRoutes = [
  signIn,
  ownSignIn,
  ownRecover,
  secondFactor,
  setUp,
  invitation,
  recover,
  recovery,
] as const;
