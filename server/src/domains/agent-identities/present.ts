import type { AgentIdentity } from "@grata/contract/agent-identities";

type Shown = Omit<AgentIdentity, "avatar"> & { avatar: string | null };

/** For whoever may change it. */
export function presentIdentity(row: Shown): AgentIdentity {
  const { id, world, names, avatar, owner, users, userCount } = row;
  return { id, world, names, avatar, owner, users, userCount };
}
