import { ownEntrance } from "@grata/contract/own-entrance";
import { type Call, callExactly, type HttpAnswer } from "../checks/http.ts";
import type { NameServer } from "../outside/name-server.ts";
import type { makeTeam } from "./team.ts";

type Team = Pick<Awaited<ReturnType<typeof makeTeam>>, "ask">;

export const entranceIn = (answer: HttpAnswer) => ownEntrance.parse(JSON.parse(answer.text));

/** Gives a team a host name of its own, proven by a record at the name server. */
export async function giveHost(team: Team, names: NameServer, host: string): Promise<void> {
  const { record } = entranceIn(await team.ask("PUT", "/api/organisation/host", { host })).host ?? {};
  if (!record) throw new Error("There is no host.");
  names.records.set(record.name, [[record.value]]);
  const { host: checked } = entranceIn(await team.ask("POST", "/api/organisation/host/check"));
  if (!checked?.verified) throw new Error("It was not verified.");
}

/** A request that arrives under a host name, as a browser there sends it. */
export function callAt(
  node: { url: string },
  host: string,
  method: string,
  path: string,
  { body, headers = {} }: Call = {},
): Promise<HttpAnswer> {
  const own = {
    host,
    origin: `http://${host}`,
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  return callExactly(node, method, path, { ...own, ...headers }, sent);
}
