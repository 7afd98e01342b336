import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import * as z from "zod";
import { inOwnerFolder, writeInOwnerFolder } from "./owner-folder.ts";

const holder = z.object({
  host: z.string(),
  pid: z.number(),
  since: z.string(),
  /** Where the process id means something. */
  namespace: z.string(),
  /** Where a server answers, once it does. */
  address: z.string().optional(),
});

/** Describes a process to those who find it in the way. */
export type Holder = z.infer<typeof holder>;

/** One note is of the owner, the other of the process that started PostgreSQL last, which may have been killed since. */
type Note = "holder.json" | "server.json";

/** This process, as others are to be told of it. */
export async function describeOurselves(): Promise<Holder> {
  return {
    host: hostname(),
    pid: process.pid,
    since: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
    namespace: await ourNamespace(),
  };
}

/** Leaves a note in the owner folder. */
export async function writeHolder(folder: string, name: Note, ourselves: Holder): Promise<void> {
  await writeInOwnerFolder(folder, name, `${JSON.stringify(ourselves)}\n`);
}

/** Reads a note; undefined if there is none. It may be that of a process that was killed. */
export async function readHolder(folder: string, name: Note): Promise<Holder | undefined> {
  try {
    return holder.safeParse(JSON.parse(await readFile(inOwnerFolder(folder, name), "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** How an operator finds a process: by its id, or where that means nothing, by its container. */
export async function nameHolder(found: Holder | undefined): Promise<string> {
  if (found === undefined) {
    return "which is just starting or ending";
  }
  const where =
    found.namespace === (await ourNamespace())
      ? `process ${found.pid}`
      : `in another container or machine, with the host name ${found.host}`;
  return `${where}, since ${found.since}`;
}

/** Process ids are numbers of one namespace, and those of one kernel since it was started. */
async function ourNamespace(): Promise<string> {
  const parts = [readFile("/proc/sys/kernel/random/boot_id", "utf8"), readlink("/proc/self/ns/pid")].map(
    (part) =>
      part.then(
        (text) => text.trim(),
        () => hostname(),
      ),
  );
  return (await Promise.all(parts)).join(" ");
}
