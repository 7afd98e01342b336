import { and, eq } from "drizzle-orm";
import { webchatSettings } from "../../foundation/schema/webchat.ts";
import type { Channel } from "../port.ts";
import { webChatAdminRoutes } from "./admin/routes.ts";
import { mayEmbed } from "./embedding.ts";
import { webchatFileRoutes } from "./file-routes.ts";
import { webchatPages } from "./pages.ts";
import { presentSnippet } from "./present.ts";
import { webchatRoutes } from "./routes.ts";

const secret = {
  table: webchatSettings,
  organisationId: webchatSettings.organisationId,
  rowId: webchatSettings.channelId,
  // A secret that is replaced moves from one column to the other as it is.
  purpose: "webchat.identity",
} as const;

/** The chat window on a web site. Its client speaks our realtime contract and fetches the log itself. */
export const webchat = {
  kind: "webchat",
  capabilities: {
    reply: "fetch",
    files: ["image", "file"],
    voice: true,
    textLimit: null,
    replyWindow: null,
    answersByMail: true,
    identities: "webchat",
  },
  async routes(app, services) {
    await webchatRoutes(app, services);
    await webchatFileRoutes(app, services);
  },
  adminRoutes: webChatAdminRoutes,
  pages: { slugs: ["webchat", "try"], register: webchatPages },
  async mayLeadTo(transaction, { organisationId, channelId }, { origin }) {
    const [stored] = await transaction
      .select({ allowedOrigins: webchatSettings.allowedOrigins })
      .from(webchatSettings)
      .where(
        and(eq(webchatSettings.organisationId, organisationId), eq(webchatSettings.channelId, channelId)),
      );
    return mayEmbed(stored?.allowedOrigins ?? [], origin, () => false);
  },
  presentForAdmin: (channel) => ({ connect: presentSnippet(channel) }),
  secrets: {
    "webchat_settings.secret": { ...secret, secret: webchatSettings.secret, field: "secret" },
    "webchat_settings.former_secret": {
      ...secret,
      secret: webchatSettings.formerSecret,
      field: "formerSecret",
    },
  },
} as const satisfies Channel;
