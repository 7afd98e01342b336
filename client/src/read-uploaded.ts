import type { Attachment } from "@grata/contract/files";
import { ForeignAnswer, RequestFailed } from "./failures.ts";
import { object } from "./guards.ts";
import { isAttachment, readFailure } from "./light/wire.ts";

const isUploaded = object({ file: isAttachment });
const isRefusal = object({ error: (value: unknown): value is unknown => value !== undefined });

/** Reads the answer to an upload. Throws `RequestFailed` for the server's no, `ForeignAnswer` for what is not its own. */
export function readUploaded({ status, responseText }: { status: number; responseText: string }): Attachment {
  const body = parse(responseText);
  if (isUploaded(body)) {
    // The compiler loses the union on its way through the guards.
    return body.file as Attachment;
  }
  const failure = isRefusal(body) ? readFailure(body.error) : undefined;
  throw failure ? new RequestFailed(failure) : new ForeignAnswer(status);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
