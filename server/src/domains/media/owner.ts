import { eq, type SQL } from "drizzle-orm";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import { files } from "../../foundation/schema/media.ts";

/** Whose an upload is: nobody else may send it. */
export function ownerOf(uploader: User | Visitor): { userId: string | null; customerId: string | null } {
  return uploader.kind === "user"
    ? { userId: uploader.userId, customerId: null }
    : { userId: null, customerId: uploader.customerId };
}

/** The same as a condition. */
export function isOwn(uploader: User | Visitor): SQL {
  return uploader.kind === "user"
    ? eq(files.userId, uploader.userId)
    : eq(files.customerId, uploader.customerId);
}

/** Returns the id that uploads are counted by. */
export function uploaderId(uploader: User | Visitor): string {
  return uploader.kind === "user" ? uploader.userId : uploader.customerId;
}
