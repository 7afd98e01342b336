import type { Attachment, FilePurpose } from "@grata/contract/files";
import { ConnectionLost, RequestFailed } from "../failures.ts";
import { object } from "../guards.ts";
import { isAttachment, readFailure } from "../light/wire.ts";

const isUploaded = object({ file: isAttachment });
const isRefusal = object({ error: (value: unknown): value is unknown => value !== undefined });

/**
 * Uploads a file. Rejects with `RequestFailed` when the server says no, with `ConnectionLost` when nobody knows: then
 * the same address may be tried again. By XMLHttpRequest, because fetch does not tell how far an upload has come.
 */
export function putFile(upload: {
  address: string;
  /** Who uploads, where no cookie says it. */
  headers?: Record<string, string>;
  name: string;
  purpose: FilePurpose;
  blob: Blob;
  /** From 0 to 1. */
  onProgress: (done: number) => void;
  signal: AbortSignal;
}): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", upload.address);
    const headers = {
      ...upload.headers,
      "content-type": "application/octet-stream",
      "x-file-name": encodeURIComponent(upload.name),
      "x-file-purpose": upload.purpose,
    };
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded, total }) => upload.onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      try {
        resolve(readUploaded(request));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new ConnectionLost("disconnected"));
    request.onabort = () => reject(new ConnectionLost("disconnected"));
    upload.signal.addEventListener("abort", () => request.abort());
    request.send(upload.blob);
  });
}

function readUploaded({ responseText }: XMLHttpRequest): Attachment {
  const body = parse(responseText);
  if (isUploaded(body)) {
    // The compiler loses the union on its way through the guards.
    return body.file as Attachment;
  }
  const failure = isRefusal(body) ? readFailure(body.error) : undefined;
  throw failure ? new RequestFailed(failure) : new ConnectionLost("answer_invalid");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
