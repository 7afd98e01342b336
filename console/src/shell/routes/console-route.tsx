import { createRoute, redirect } from "@tanstack/react-router";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { ConsolePage } from "../layout/console-page.tsx";
import { root } from "./root.tsx";

/** Parent of the pages of users who are signed in. */
export const consoleRoute = createRoute({
  getParentRoute: () => root,
  path: "/console",
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) {
      throw redirect({ to: "/sign-in", search: { to: location.href } });
    }
    if (session.secondFactorMissing) {
      throw redirect({ to: "/second-factor" });
    }
  },
  component: ConsolePage,
});
