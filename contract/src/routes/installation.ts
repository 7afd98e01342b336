/** Routes about the installation as a whole, open to anybody. */
import { tlsQuery } from "../own-entrance.ts";
import { route } from "./route.ts";

export const checkHealth = route("GET", "/healthz", {
  summary: "Resolves when this node can store a message",
  permission: "health.read",
  asker: "anybody",
});
export const answerEntrance = route("GET", "/api/entrance", {
  summary: "Answers with nothing: the home page measures which public address is fastest",
  permission: "page.read",
  asker: "anybody",
});
export const askForCertificate = route("GET", "/api/tls/ask", {
  summary: "Says whether a proxy may make a certificate for a host name",
  permission: "page.read",
  asker: "anybody",
  query: tlsQuery,
  refusals: ["host_unknown"],
});
export const describeApi = route("GET", "/api/openapi.json", {
  summary: "Reads this description, an OpenAPI document",
  permission: "page.read",
  asker: "anybody",
  download: ["application/json"],
});
