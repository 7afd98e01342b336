import * as routes from "@grata/contract/routes/agent-identities";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { takePictures } from "../../foundation/http/take-pictures.ts";
import { assignIdentities } from "./assign.ts";
import { changeIdentity } from "./change.ts";
import { createIdentity } from "./create.ts";
import { deleteIdentity } from "./delete.ts";
import { listIdentities } from "./list.ts";
import { readAvatar, removeAvatar, setAvatar } from "./set-avatar.ts";

/** My Team > Agent Identities, for admins; avatars, for everybody who sees one. */
export async function agentIdentityRoutes(app: TypedApp, services: Context) {
  const { storage, limits } = services;
  const asker = (request: FastifyRequest) => askerOf(request, services);

  handle(app, routes.listIdentities, (request) => listIdentities(storage, asker(request), request.query));
  handle(app, routes.createIdentity, (request) => createIdentity(storage, asker(request), request.body));
  handle(app, routes.changeIdentity, (request) =>
    changeIdentity(storage, asker(request), request.params.identityId, request.body),
  );
  handle(app, routes.deleteIdentity, (request) =>
    deleteIdentity(storage, asker(request), request.params.identityId),
  );
  handle(app, routes.removeAvatar, (request) =>
    removeAvatar(storage, asker(request), request.params.identityId),
  );
  handle(app, routes.assignIdentities, (request) =>
    assignIdentities(storage, asker(request), request.params.userId, request.body),
  );

  // Apart, because it takes other bodies than the rest.
  app.register(async (uploads: TypedApp) => {
    takePictures(uploads);
    handle(
      uploads,
      routes.setAvatar,
      (request) => {
        const upload = { type: request.headers["content-type"], file: request.body };
        return setAvatar(storage, asker(request), request.params.identityId, upload);
      },
      { beforeUpload: (request) => limits.newLogo(request.signedIn?.principal.organisationId ?? "") },
    );
  });

  handle(app, routes.readAvatar, async (request, reply) => {
    const content = await readAvatar(storage, request.params.hash);
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .type("image/webp")
      .send(content);
  });
}
