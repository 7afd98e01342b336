import type { Language } from "@grata/contract/languages";
import type { EndReason } from "@grata/contract/realtime";
import type { Permission } from "../access/permissions.ts";
import type { SignedIn } from "../access/principal.ts";
import type { Secrets } from "../secrets/seal.ts";
import type { Storage } from "../storage/storage.ts";
import type { AddressOf } from "./address.ts";
import type { Entrances } from "./entrances.ts";
import type { Limits } from "./limits.ts";
import type { OwnHosts } from "./own-hosts.ts";

/**
 * The services that routes and socket requests of every domain share; made once, at the start. A domain that needs
 * more adds it to the type of its parameter (`Context & { files: Files }`).
 */
export type Context = {
  storage: Storage;
  /** Returns who a session's token belongs to; null for one that is unknown or over. */
  findSession(token: string): Promise<SignedIn | null>;
  /** Checks that this node can store a message; rejects with the reason when it cannot. */
  health: { check(): Promise<unknown> };
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
  limits: Limits;
  entrances: Entrances;
  ownHosts: OwnHosts;
  addressOf: AddressOf;
  logFault(error: unknown): void;
};

declare module "fastify" {
  interface FastifyInstance {
    /** Reads who asks, into `request.signedIn`. */
    identify(request: FastifyRequest): Promise<void>;
  }
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
