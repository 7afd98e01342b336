import { checkHealth } from "@grata/contract/routes/installation";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";

export async function healthRoutes(app: TypedApp, { health }: Context) {
  handle(app, checkHealth, async () => {
    await health.check();
  });
}
