import { createRouter } from "@tanstack/react-router";
import { LoadingPage } from "../ui/parts/loading-page.tsx";
import { ErrorPage } from "./layout/error-page.tsx";
import { consoleRoutes } from "./routes/console-routes.tsx";
import { entranceRoutes } from "./routes/entrance-routes.tsx";
import { root } from "./routes/root.tsx";

/** Leads from addresses to pages, as far as the user may see them. */
export const router = createRouter({
  routeTree: root.addChildren([...entranceRoutes, consoleRoutes]),
  defaultErrorComponent: ErrorPage,
  defaultPendingComponent: LoadingPage,
  defaultPendingMs: 300,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
