import { object, optional, string } from "@grata/client/guards";
import { createForgivingStorage, type StoragePort } from "@grata/client/storage";

export type Contact = { name?: string; email: string };

const isContact = object({ name: optional(string), email: string });

/** What the visitor said of themselves in the form, kept until the server has it. */
export function createContactKeeper(storage: StoragePort, scope: string) {
  const own = createForgivingStorage(storage);
  const key = `${scope}.contact`;
  return {
    read(): Contact | undefined {
      try {
        const kept: unknown = JSON.parse(own.read(key) ?? "null");
        return isContact(kept) ? (kept as Contact) : undefined;
      } catch {
        return undefined;
      }
    },
    keep: (contact: Contact): void => own.write(key, JSON.stringify(contact)),
    forget: (): void => own.remove(key),
  };
}
