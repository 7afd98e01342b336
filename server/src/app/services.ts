import type { AppendWriter } from "../domains/conversations/append/writer.ts";
import type { Publishing } from "../domains/conversations/changes.ts";
import type { Files } from "../domains/media/upload.ts";
import type { ResolveText } from "../domains/organisations/sign-in-page/resolve-text.ts";
import type { PushServices } from "../features/pushes/services.ts";
import type { Context } from "../foundation/http/context.ts";

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
