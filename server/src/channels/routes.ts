import { listChannels } from "@grata/contract/routes/channels";
import { and, asc, eq } from "drizzle-orm";
import { requireUser } from "../foundation/access/require-access.ts";
import { askerOf } from "../foundation/http/asker.ts";
import type { Context } from "../foundation/http/context.ts";
import { handle, type TypedApp } from "../foundation/http/routes.ts";
import { channels as table } from "../foundation/schema/channels.ts";
import type { ChannelRegistry } from "./port.ts";

/** Every channel of an organisation, whatever its kind. */
export async function channelRoutes(app: TypedApp, services: Context & { channels: ChannelRegistry }) {
  const { storage, entrances, channels } = services;
  handle(app, listChannels, async (request) => {
    const { organisationId } = requireUser(askerOf(request, services), "channels.manage");
    const rows = await storage.inOrganisation(organisationId, (transaction) =>
      transaction
        .select({ id: table.id, kind: table.kind, name: table.name })
        .from(table)
        .where(and(eq(table.organisationId, organisationId), eq(table.forTests, false)))
        .orderBy(asc(table.createdAt), asc(table.id)),
    );
    return {
      channels: rows.map(({ id, kind, name }) => {
        const shown = channels.find(kind)?.presentForAdmin({ id, origin: entrances.main() });
        return {
          id,
          kind,
          name,
          capabilities: channels.capabilitiesOf(kind),
          connect: shown?.connect ?? null,
        };
      }),
    };
  });
}
