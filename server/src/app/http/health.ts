import { empty } from "@grata/contract/http";
import type { Context } from "../../foundation/http/context.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";

export async function healthRoutes(app: TypedApp, { health }: Context) {
  app.get(
    "/healthz",
    { config: { permission: "health.read" }, schema: { response: { 200: empty } } },
    async () => {
      await health.check();
      return {};
    },
  );
}
