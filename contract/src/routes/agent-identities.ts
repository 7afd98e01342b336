/** My Team > Agent Identities, for admins; avatars, for everybody who sees one. */
import {
  agentIdentity,
  assignedIdentities,
  avatarParameters,
  identitiesPage,
  identitiesQuery,
  identityParameters,
  writtenIdentity,
} from "../agent-identities.ts";
import { logoTypes } from "../own-entrance.ts";
import { userParameters, userProfile } from "../team.ts";
import { route } from "./route.ts";

export const listIdentities = route("GET", "/api/agent-identities", {
  summary: "Lists agent identities, a page after the other",
  permission: "team.manage",
  query: identitiesQuery,
  answer: identitiesPage,
});
export const createIdentity = route("POST", "/api/agent-identities", {
  summary: "Adds an agent identity",
  permission: "team.manage",
  body: writtenIdentity,
  answer: agentIdentity,
  refusals: ["user_unknown", "too_many_agent_identities"],
});
export const changeIdentity = route("PUT", "/api/agent-identities/:identityId", {
  summary: "Writes an agent identity anew; what was written under it stays as it was",
  permission: "team.manage",
  params: identityParameters,
  body: writtenIdentity,
  answer: agentIdentity,
  refusals: ["agent_identity_unknown", "user_unknown", "agent_identity_in_use"],
});
export const deleteIdentity = route("DELETE", "/api/agent-identities/:identityId", {
  summary: "Deletes an agent identity; whoever used it has none then",
  permission: "team.manage",
  params: identityParameters,
  refusals: ["agent_identity_unknown"],
});
export const setAvatar = route("PUT", "/api/agent-identities/:identityId/avatar", {
  summary: "Gives an agent identity a face",
  permission: "team.manage",
  params: identityParameters,
  upload: logoTypes,
  answer: agentIdentity,
  refusals: [
    "agent_identity_unknown",
    "logo_too_large",
    "logo_too_wide",
    "logo_type_unknown",
    "logo_mismatched",
    "logo_unreadable",
    "too_many_requests",
  ],
});
export const removeAvatar = route("DELETE", "/api/agent-identities/:identityId/avatar", {
  summary: "Leaves an agent identity without a face",
  permission: "team.manage",
  params: identityParameters,
  answer: agentIdentity,
  refusals: ["agent_identity_unknown"],
});
export const assignIdentities = route("PUT", "/api/team/users/:userId/identities", {
  summary: "Assigns a user their identities; a world that is left out stays",
  permission: "team.manage",
  params: userParameters,
  body: assignedIdentities,
  answer: userProfile,
  refusals: ["user_unknown", "agent_identity_unknown", "agent_identity_personal"],
});
export const readAvatar = route("GET", "/api/avatars/:hash", {
  summary: "Reads the picture of an agent identity",
  permission: "page.read",
  asker: "anybody",
  params: avatarParameters,
  download: ["image/webp"],
  refusals: ["route_unknown"],
});
