import type { ChannelCapabilities } from "@grata/contract/channels";
import type { AppendWriter } from "../domains/conversations/append/writer.ts";
import type { Publishing } from "../domains/conversations/changes.ts";
import type { DeliveryOutcome, Parcel } from "../domains/deliveries/parcel.ts";
import type { PushOutcome, StoredPush } from "../domains/inbox/push.ts";
import type { Files } from "../domains/media/upload.ts";
import type { Context } from "../foundation/http/context.ts";
import type { TypedApp } from "../foundation/http/routes.ts";
import type { SecretColumns } from "../foundation/secrets/columns.ts";
import type { Transaction } from "../foundation/storage/storage.ts";

/** The services of a node that channels use. */
export type ChannelServices = Context &
  Publishing & {
    writer: AppendWriter;
    /** Where the files of chats lie. */
    files: Files;
    inbox: {
      /** There may be something to receive: called after each commit that stored a push. */
      wake(): void;
    };
  };

type ChannelPlace = { organisationId: string; channelId: string };
type Register = (app: TypedApp, services: ChannelServices) => Promise<void>;

/** One kind of channel, as the rest of the program knows it. */
export type Channel = {
  kind: string;
  capabilities: ChannelCapabilities;
  /**
   * Hands one entry of the log to the outside: there is one exactly where `reply` is `push`. Called one by one and in
   * order for each customer, and never again for an entry whose outcome is not known.
   */
  deliver?(parcel: Parcel, services: ChannelServices): Promise<DeliveryOutcome>;
  /**
   * Receives what a platform pushed and a route of the channel stored: one by one and in order for each lane, and again
   * after whatever killed the one before. So what it says goes through `domains/conversations/receive.ts` under
   * `clientIdOf` the push, which stores it once.
   */
  receive?(push: StoredPush, services: ChannelServices): Promise<PushOutcome>;
  /** Routes for customers' clients and for platforms. */
  routes?: Register;
  /** Routes for admins. */
  adminRoutes?: Register;
  pages?: {
    /** The first parts of their addresses, which nobody's own sign-in page may have. */
    slugs: readonly string[];
    register: Register;
  };
  /**
   * Tells whether a mail in our name may lead customers of this channel to a page that their side has named: asked where
   * `answersByMail` is true.
   */
  mayLeadTo?(transaction: Transaction, channel: ChannelPlace, page: URL): Promise<boolean>;
  /** Presents to an admin what of a channel is nobody else's: how it is connected to where customers come from. */
  presentForAdmin(channel: { id: string; origin: string }): { connect: string };
  /** The columns of its secrets at rest. */
  secrets?: SecretColumns;
};

/** The kinds of channels that a node has. */
export type ChannelRegistry = {
  all: readonly Channel[];
  /** The channel of a kind; undefined for one that another release has brought. */
  find(kind: string): Channel | undefined;
  /** Every column of secrets, those that no channel brings too. */
  secretColumns: SecretColumns;
  /** Returns what a kind can do, also one that another release has brought. */
  capabilitiesOf(kind: string): ChannelCapabilities;
};
