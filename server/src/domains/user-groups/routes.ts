import * as routes from "@grata/contract/routes/routing";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import type { Publishing } from "../conversations/changes.ts";
import { deleteGroup } from "./delete.ts";
import { listGroups } from "./list.ts";
import { readGroupsOfUser, setGroupMembers, setGroupsOfUser } from "./members.ts";
import { createGroup, renameGroup } from "./write.ts";

/** User groups: on the Routing page, and on a user's profile. */
export async function userGroupRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  handle(app, routes.listGroups, async (request) => ({
    groups: await listGroups(storage, askerOf(request, services)),
  }));
  handle(app, routes.createGroup, async (request) => ({
    groups: await createGroup(storage, askerOf(request, services), request.body),
  }));
  handle(app, routes.renameGroup, async (request) => ({
    groups: await renameGroup(storage, askerOf(request, services), request.params.groupId, request.body),
  }));
  handle(app, routes.setGroupMembers, async (request) => ({
    groups: await setGroupMembers(storage, askerOf(request, services), request.params.groupId, request.body),
  }));
  handle(app, routes.deleteGroup, async (request) => {
    const asker = askerOf(request, services);
    const { moved, groups, changes } = await deleteGroup(storage, asker, request.params.groupId);
    publish(changes);
    return { moved, groups };
  });
  handle(app, routes.readGroupsOfUser, (request) =>
    readGroupsOfUser(storage, askerOf(request, services), request.params.userId),
  );
  handle(app, routes.setGroupsOfUser, (request) =>
    setGroupsOfUser(storage, askerOf(request, services), request.params.userId, request.body),
  );
}
