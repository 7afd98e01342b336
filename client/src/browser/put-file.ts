import type { Attachment, FilePurpose } from "@grata/contract/files";
import { ConnectionLost } from "../failures.ts";
import { readUploaded } from "../read-uploaded.ts";
import { after } from "../timers.ts";

/** An upload of which nothing moves for so long is given up; the server looks at a file for less. */
const STALLED = 120_000;

/**
 * Uploads a file. Rejects with `RequestFailed` when the server says no, with `ForeignAnswer` when something else
 * answered, with `ConnectionLost` when nobody knows: then the same address may be tried again. By XMLHttpRequest, because fetch does not tell how far an upload has come.
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
    const giveUp = () => request.abort();
    let cancelStalled = after(STALLED, giveUp);
    request.upload.onprogress = ({ loaded, total }) => {
      cancelStalled();
      cancelStalled = after(STALLED, giveUp);
      upload.onProgress(total > 0 ? loaded / total : 0);
    };
    request.onloadend = () => cancelStalled();
    request.onload = () => {
      try {
        resolve(readUploaded(request));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new ConnectionLost("disconnected"));
    request.onabort = () => reject(new ConnectionLost("disconnected"));
    upload.signal.addEventListener("abort", giveUp);
    request.send(upload.blob);
  });
}
