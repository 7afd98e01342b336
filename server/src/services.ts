import type { AppendWriter } from "./conversations/append/writer.ts";
import type { Publishing } from "./conversations/changes.ts";
import type { Context } from "./http/context.ts";
import type { Files } from "./media/upload.ts";
import type { ResolveText } from "./organisations/sign-in-page/resolve-text.ts";
import type { PushServices } from "./pushes/services.ts";

/** Everything that the routes and socket requests of a node stand on; made once, by `startNode`. */
export type Services = Context &
  Publishing & {
    writer: AppendWriter;
    /** Where the files of chats lie. */
    files: Files;
    /** Which addresses may be called to push. */
    pushServices: PushServices;
    /** Reads TXT records from the DNS. */
    resolveText: ResolveText;
  };
