import { describeApi as route } from "@grata/contract/routes/installation";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import { describeApi } from "./document.ts";

/** The description of the API, made when somebody first asks for it. */
export async function apiDescriptionRoutes(app: TypedApp) {
  let document: string | undefined;
  handle(app, route, async (_request, reply) => {
    document ??= JSON.stringify(describeApi());
    return reply.type("application/json; charset=utf-8").send(document);
  });
}
