import type { Visitor } from "../../../foundation/access/principal.ts";
import { hashSecret } from "../../../foundation/secrets/token.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";

type VisitorRow = {
  organisation_id: string;
  channel_id: string;
  customer_id: string;
  tester_id: string | null;
};

/** Finds the visitor of a token, on the channel that they claim to be on; null for any mismatch. */
export async function findVisitor(
  storage: Storage,
  channelId: string,
  token: string,
): Promise<Visitor | null> {
  const [row] = await storage.system<VisitorRow>("system_visitor_of", [hashSecret(token)]);
  if (row?.channel_id !== channelId) return null;
  return {
    kind: "visitor",
    organisationId: row.organisation_id,
    channelId,
    customerId: row.customer_id,
    testerId: row.tester_id,
  };
}
