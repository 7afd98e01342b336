import { type UserProfile, userProfile } from "@grata/contract/team";
import { asOwner } from "../checks/contents.ts";
import { call, failureIn, type HttpAnswer } from "../checks/http.ts";
import { makeOrganisation, type TestNode } from "../servers/test-node.ts";
import { makeUser } from "./people.ts";

/** An admin of a fresh organisation, and what they do by HTTP. */
export async function makeTeam(node: TestNode) {
  const place = await makeOrganisation(node, "Tea House");
  const admin = await makeUser(node, place.organisationId, { role: "admin", name: "Ada" });
  // The founder would be another admin, whom no test of the last one expects.
  await sqlOn(node, "UPDATE users SET role = 'agent' WHERE id = $1", [place.userId]);
  return { ...place, admin, ...deedsOf(node, admin.cookie) };
}

/** What somebody does by HTTP. */
export function deedsOf(node: TestNode, cookie: string) {
  const ask = (method: string, path: string, body?: unknown) =>
    call(node, method, path, { ...(body !== undefined && { body }), headers: { cookie } });
  return {
    ask,
    /** Something on one user: "disable", "invitation" and so on. */
    act: (userId: string, deed: string) => ask("POST", `/api/team/users/${userId}/${deed}`),
    invite: (body: object) => ask("POST", "/api/team/invitations", { ...invitation, ...body }),
  };
}

const invitation = { name: "Mei", email: "mei@tea.example", role: "agent", language: "zh-Hans" };

export const profileIn = (answer: HttpAnswer): UserProfile => userProfile.parse(JSON.parse(answer.text));

/** "yes", or the code of the failure. */
export const outcomeIn = (answer: HttpAnswer): string =>
  answer.status < 400 ? "yes" : failureIn(answer).code;

/** Statements past everything of ours. */
export function sqlOn<Row extends object>(
  node: { databaseUrl: string },
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return asOwner(node.databaseUrl, async (client) => (await client.query<Row>(statement, values)).rows);
}

/** What the audit log says of a user, oldest first. */
export function auditOf(node: { databaseUrl: string }, targetId: string) {
  return sqlOn<{ action: string; actor: string | null; changes: object }>(
    node,
    "SELECT action, actor_name AS actor, changes FROM audit_entries WHERE target_id = $1 ORDER BY id",
    [targetId],
  );
}
