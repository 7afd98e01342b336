/** Brings the files of the outgoing queue to the server: each until it is there or its sender gives it up. */
import { fileNameLimit, unsafeInNames } from "@grata/contract/file-limits";
import type { Attachment, FilePurpose } from "@grata/contract/files";
import { createClientId } from "./client-id.ts";
import type { Line } from "./dial.ts";
import type { Outgoing, OutgoingFile, OutgoingItem } from "./outgoing.ts";
import { createStore, type Observable } from "./store.ts";
import { after } from "./timers.ts";
import { createUploadRetries, type UploadWords } from "./upload-retries.ts";

/** Keeps what is to be uploaded: in memory, and in the browser's database, so that a reload loses nothing. */
export type BlobKeeper = {
  keep(id: string, blob: Blob): void;
  find(id: string): Promise<Blob | undefined>;
  remove(id: string): void;
  /** Removes all that belongs to this keeper's prefix. */
  clear(): Promise<void>;
};

export type Uploads = {
  /** Queues a message with a file. */
  add(lane: string, text: string, file: File, purpose?: FilePurpose): void;
  /** How far each upload has come, from 0 to 1, by client id. */
  progress: Observable<ReadonlyMap<string, number>>;
  /** The file itself, while it is here. */
  find(fileId: string): Promise<Blob | undefined>;
  /** Tries at once what waits to be tried again. To be called whenever the connection opens. */
  resume(): void;
  /** Stops; what is not there yet goes on with the next page. */
  dispose(): void;
};

export type Put = (
  item: OutgoingItem & { file: OutgoingFile },
  blob: Blob,
  onProgress: (done: number) => void,
  signal: AbortSignal,
) => Promise<Attachment>;

/** More at once would share the same line. */
const AT_ONCE = 2;

/** Watches the queue from now on. */
export function createUploads(options: {
  /** Nothing is uploaded before it is open: until then nobody knows who we are. */
  line: Pick<Line, "state">;
  outgoing: Outgoing;
  keeper: BlobKeeper;
  put: Put;
  words: UploadWords;
}): Uploads {
  const { line, outgoing, keeper, put } = options;
  const retries = createUploadRetries(options.words);
  const progress = createStore<ReadonlyMap<string, number>>(new Map());
  const running = new Map<string, AbortController>();
  const pauses = new Map<string, () => void>();
  /** Whose files are here. */
  let carried = new Map<string, string>();
  let disposed = false;
  const stop = outgoing.subscribe(look);

  function look(): void {
    if (disposed) {
      return;
    }
    const items = outgoing.snapshot().filter(hasFile);
    const now = new Map(items.map(({ clientId, file }) => [clientId, file.id]));
    for (const [clientId, fileId] of carried) {
      if (!now.has(clientId)) {
        forget(clientId, fileId);
      }
    }
    carried = now;
    for (const item of items) {
      if (item.state.kind === "uploading" && line.state === "open" && running.size < AT_ONCE) {
        begin(item);
      }
    }
  }

  /** Sent, or given up. */
  function forget(clientId: string, fileId: string): void {
    running.get(clientId)?.abort();
    pauses.get(clientId)?.();
    pauses.delete(clientId);
    retries.forget(clientId);
    tell(clientId, undefined);
    keeper.remove(fileId);
  }

  function begin(item: OutgoingItem & { file: OutgoingFile }): void {
    if (!running.has(item.clientId) && !pauses.has(item.clientId)) {
      const controller = new AbortController();
      running.set(item.clientId, controller);
      void upload(item, controller.signal);
    }
  }

  async function upload(item: OutgoingItem & { file: OutgoingFile }, signal: AbortSignal): Promise<void> {
    const { clientId, file } = item;
    try {
      const blob = await keeper.find(file.id);
      if (!blob) {
        // The browser kept it only as long as the page: whoever shows it finds the words.
        outgoing.fail(clientId, { code: "file_unknown", message: "" });
        return;
      }
      const attachment = await put(item, blob, (done) => !signal.aborted && tell(clientId, done), signal);
      tell(clientId, undefined);
      retries.forget(clientId);
      outgoing.uploaded(clientId, attachment);
    } catch (error) {
      if (!signal.aborted) {
        handle(clientId, error);
      }
    } finally {
      running.delete(clientId);
      look();
    }
  }

  function handle(clientId: string, error: unknown): void {
    const verdict = retries.judge(clientId, error);
    tell(clientId, undefined);
    if ("failure" in verdict) {
      outgoing.fail(clientId, verdict.failure);
      return;
    }
    pauses.set(
      clientId,
      after(verdict.pause, () => {
        pauses.delete(clientId);
        look();
      }),
    );
  }

  function tell(clientId: string, done: number | undefined): void {
    const next = new Map(progress.snapshot());
    if (done === undefined) {
      next.delete(clientId);
    } else {
      next.set(clientId, done);
    }
    progress.set(next);
  }

  look();
  return {
    add(lane, text, given, purpose = "file") {
      const file = {
        id: createClientId(),
        purpose,
        name: cleanName(given.name),
        mediaType: given.type,
        bytes: given.size,
      };
      keeper.keep(file.id, given);
      outgoing.add(lane, text, file);
    },
    progress,
    find: keeper.find,
    resume() {
      retries.resume();
      for (const cancel of pauses.values()) {
        cancel();
      }
      pauses.clear();
      look();
    },
    dispose() {
      disposed = true;
      stop();
      for (const cancel of pauses.values()) {
        cancel();
      }
      for (const controller of running.values()) {
        controller.abort();
      }
    },
  };
}

function hasFile(item: OutgoingItem): item is OutgoingItem & { file: OutgoingFile } {
  return item.file !== undefined;
}

/** A name as the server takes it: what it would refuse cannot be seen in it anyway. The ending stays. */
function cleanName(name: string): string {
  const clean = name.toWellFormed().replace(unsafeInNames, "").trim();
  return clean.length > fileNameLimit
    ? clean.slice(0, fileNameLimit - 12).toWellFormed() + clean.slice(-12).toWellFormed()
    : clean;
}
