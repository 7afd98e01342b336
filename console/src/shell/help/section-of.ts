/** Which part of the help speaks of a screen, by the screen's path; the first match counts. */
const sections: readonly [path: string, section: string][] = [
  ["/console/admin/web-chat", "web-chat"],
  ["/console/admin/users", "team"],
  ["/console/admin/agent-identities", "agent-identities"],
  ["/console/admin/routing", "routing"],
  ["/console/admin/unattended-chats", "unattended"],
  ["/console/admin/organisation", "own-entrance"],
  ["/console/admin/quick-replies", "quick-replies"],
  ["/console/admin/tags", "customers"],
  ["/console/admin/customer-fields", "customers"],
  ["/console/admin/customer-data", "customer-data"],
  ["/console/admin", "trying"],
  ["/console/quick-replies", "quick-replies"],
  ["/console/settings", "account"],
  ["/console/password", "account"],
  ["/console/second-factor", "second-step"],
  ["/console/sessions", "account"],
  ["/console/history", "history"],
  ["/console/chats", "messages"],
  ["/console", "waiting"],
];

/** The section of the help about the screen at this path. */
export function sectionOf(path: string): string | undefined {
  return sections.find(([start]) => path.startsWith(start))?.[1];
}
