import type { Language } from "@grata/contract/languages";
import type { EndReason } from "@grata/contract/realtime";
import type { Permission } from "../access/permissions.ts";
import type { SignedIn } from "../accounts/session.ts";
import type { AppendWriter } from "../conversations/append/writer.ts";
import type { Publish } from "../conversations/changes.ts";
import type { Health } from "../health.ts";
import type { Files } from "../media/upload.ts";
import type { ResolveText } from "../organisations/sign-in-page/resolve-text.ts";
import type { PushServices } from "../pushes/services.ts";
import type { Secrets } from "../secrets/seal.ts";
import type { Storage } from "../storage/storage.ts";
import type { AddressOf } from "./address.ts";
import type { Entrances } from "./entrances.ts";
import type { Limits } from "./limits.ts";
import type { OwnHosts } from "./own-hosts.ts";

/** What the routes and socket requests stand on; made once, in main. */
export type Services = {
  storage: Storage;
  writer: AppendWriter;
  /** Whether this node can store a message. */
  health: Pick<Health, "check">;
  publish: Publish;
  /** Ends every socket of a session, on every node. */
  endSession(sessionId: string, reason: EndReason): void;
  /** Ends every socket of a customer, on every node. */
  cutCustomer(customerId: string): void;
  mail: {
    /** There may be a mail to send: called after each commit that put one into the outbox. */
    wake(): void;
    /** False: there is no mail server, and mails stay in the outbox. */
    sending: boolean;
  };
  erasure: {
    /** There may be something to erase: called after each commit that says so. */
    wake(): void;
  };
  /** Seals and opens what is kept and must be read again. */
  secrets: Secrets;
  /** Which addresses may be called to push. */
  pushServices: PushServices;
  /** Where the files of chats lie. */
  files: Files;
  limits: Limits;
  entrances: Entrances;
  ownHosts: OwnHosts;
  /** Reads TXT records from the DNS. */
  resolveText: ResolveText;
  addressOf: AddressOf;
  logFault(error: unknown): void;
};

declare module "fastify" {
  interface FastifyRequest {
    /** Who is signed in, if anybody; read once a request, by the routes that want to know. */
    signedIn: SignedIn | null;
    /** The organisation under whose own host name the request came; null under an entrance. */
    hostOwner: string | null;
    /** The language for sentences to this reader. */
    readerLanguage: Language;
  }
  interface FastifyContextConfig {
    /** What the route asks the access module first; the access matrix is generated from it. */
    permission?: Permission;
    /** It takes files, whose size and pace are watched by itself. */
    largeBody?: boolean;
  }
}
