import { visitorParameters } from "@grata/contract/http";
import { presentWindow } from "../../channels/webchat/present.ts";
import { completeSettings } from "../../channels/webchat/settings.ts";
import { sendPage } from "../../foundation/http/page.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";

const page = { config: { permission: "page.read" } } as const;

/** The part of the customer, and the chat window in it. */
export async function consoleTestPages(app: TypedApp) {
  // Nothing of anybody is in these two: what their token may do is asked when it is used.
  app.get(
    "/console-test/:channelId",
    { ...page, schema: { params: visitorParameters } },
    async (_request, reply) =>
      sendPage(reply, { file: "widget/dist/console-test.html", frameAncestors: "'none'" }),
  );
  app.get(
    "/console-test/:channelId/window",
    { ...page, schema: { params: visitorParameters } },
    async (_request, reply) =>
      sendPage(reply, {
        file: "widget/dist/frame.html",
        frameAncestors: "'self'",
        replace: { __SETTINGS__: JSON.stringify(presentWindow(completeSettings("", null))) },
      }),
  );
}
