import type { AddressInfo } from "node:net";
import type { ChannelRegistry, ChannelServices } from "../channels/port.ts";
import { findSession } from "../domains/accounts/session.ts";
import { startWatchingAbsences } from "../domains/conversations/absent/watch.ts";
import { createAppendWriter } from "../domains/conversations/append/writer.ts";
import type { Change, Publish } from "../domains/conversations/changes.ts";
import { openingMilliseconds, openMisplaced } from "../domains/conversations/open-to-everybody.ts";
import type { Deliverers } from "../domains/deliveries/parcel.ts";
import { startDeliveryWorker } from "../domains/deliveries/worker.ts";
import type { Receivers } from "../domains/inbox/push.ts";
import { startInboxWorker } from "../domains/inbox/worker.ts";
import { openFiles } from "../domains/media/open-files.ts";
import { startRemovingLeftovers } from "../domains/media/remove-leftovers.ts";
import { openVoices } from "../domains/media/voice/voices.ts";
import { reservedSlugs } from "../domains/organisations/sign-in-page/reserved-slugs.ts";
import { createTextResolver } from "../domains/organisations/sign-in-page/resolve-text.ts";
import type { EndedTest } from "../features/console-tests/end.ts";
import { startEndingTests } from "../features/console-tests/end-leftovers.ts";
import { tellEnd } from "../features/console-tests/routes.ts";
import { startEraser } from "../features/erasure/eraser.ts";
import { startIndexer } from "../features/history/indexer.ts";
import { openMailServer } from "../features/mail-sending/mail-server.ts";
import { startMailWorker } from "../features/mail-sending/worker.ts";
import { openPushDoor } from "../features/pushes/push-service.ts";
import { createPushServices } from "../features/pushes/services.ts";
import { startPushWorker } from "../features/pushes/worker.ts";
import { newSetUpToken } from "../features/set-up/set-up-link.ts";
import type { Configuration } from "../foundation/configuration/configuration.ts";
import { StartupProblem } from "../foundation/configuration/startup-problem.ts";
import { createAddressOf } from "../foundation/http/address.ts";
import { createEntrances } from "../foundation/http/entrances.ts";
import { createLimits } from "../foundation/http/limits.ts";
import { createOwnHosts } from "../foundation/http/own-hosts.ts";
import { every, type Job } from "../foundation/jobs/every.ts";
import { unlessAborted } from "../foundation/jobs/unless-aborted.ts";
import { createLog } from "../foundation/refusal/log.ts";
import { openNodeKeys } from "../foundation/secrets/open-secrets.ts";
import { createSecrets } from "../foundation/secrets/seal.ts";
import { openDatabase } from "../foundation/storage/open-database.ts";
import { openRedis } from "../foundation/storage/open-redis.ts";
import { createOutage } from "../foundation/storage/outage.ts";
import { createHub } from "../realtime/hub.ts";
import { shippedChannels } from "./channel-registry.ts";
import { createHealth, type Health } from "./health.ts";
import { createApp } from "./http/app.ts";
import type { Services } from "./services.ts";

const databaseSentences = {
  gone: "The database does not store messages",
  back: "The database stores messages again",
};
const redisSentences = {
  gone: "Redis is away; what happens on other nodes is seen about a second later, and each node counts for itself",
  back: "Redis is back",
};

export type RunningNode = {
  /** The address it answers at, such as http://localhost:3000. */
  url: string;
  /** The one-time link to set the installation up, while there is no organisation. */
  setUpLink: string | null;
  services: Services;
  /** Orderly: takes nothing new, stores what was accepted, then lets go of everything. */
  stop(): Promise<void>;
};

/**
 * Starts one node: database, Redis, realtime, HTTP, in the order in which each needs the other. Throws StartupProblem
 * for whatever the operator must mend; `onLost` is called when it can no longer serve.
 */
export async function startNode(
  configuration: Configuration,
  options: {
    onLost(problem: StartupProblem): void;
    /** The kinds of channels it has; those that are shipped, when left out. */
    channels?: ChannelRegistry;
    /** Ends the start: what was started is stopped again, and the signal's reason thrown. */
    signal?: AbortSignal;
  },
): Promise<RunningNode> {
  const log = createLog(configuration.logLevel);
  const logFault = (error: unknown) => log.error({ err: error }, "fault");
  const channels = options.channels ?? shippedChannels;
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  const start = async (): Promise<RunningNode> => {
    const redisOutage = createOutage(log, redisSentences);
    const openedRedis =
      configuration.redisUrl === null ? null : await openRedis(configuration.redisUrl, redisOutage);
    if (openedRedis) closers.push(openedRedis.close);
    const redis = openedRedis?.client ?? null;
    let health: Health | null = null;
    const opening = openDatabase(configuration, {
      ...options,
      log,
      onUnavailable: () => health?.suspect(),
    });
    closers.push(() =>
      opening.then(
        (opened) => opened.close(),
        () => undefined,
      ),
    );
    const database = await opening;
    const { storage } = database;
    const secrets = createSecrets(await openNodeKeys(configuration, storage, channels.secretColumns));

    let port = configuration.port;
    const entrances = createEntrances(configuration.publicUrls, () => port);
    const ownHosts = createOwnHosts(storage, entrances);
    const addressOf = createAddressOf(configuration.trustedProxies);
    const { capabilitiesOf } = channels;
    const hub = createHub({
      redis,
      entrances,
      ownHosts,
      addressOf,
      capabilitiesOf,
      limits: configuration,
      logFault,
    });
    let deliveryWorker: Job | null = null;
    let inboxWorker: Job | null = null;
    const publish: Publish = (changes) => {
      hub.publish(changes);
      if (changes.some(handsOver)) deliveryWorker?.wake();
    };
    const outage = createOutage(log, databaseSentences);
    const writer = createAppendWriter({
      connect: storage.connect,
      waysOf: capabilitiesOf,
      publish,
      logFault,
      outage,
    });
    closers.push(writer.close);
    health = createHealth(writer, outage);
    closers.push(async () => health?.close());
    // The writer has its connection before anything else may take it. If it cannot have one, that is in the log.
    await health.check().catch(() => undefined);
    const pushServices = createPushServices(configuration.pushServices);
    let mailWorker: Job | null = null;
    let eraser: Job | null = null;
    const services: Services = {
      storage,
      channels,
      reservedSlugs: reservedSlugs(channels.all.flatMap(({ pages }) => pages?.slugs ?? [])),
      findSession: (token) => findSession(storage, token),
      secrets,
      writer,
      health,
      publish,
      endSession: hub.endSession,
      cutCustomer: hub.cutCustomer,
      mail: { wake: () => mailWorker?.wake(), sending: configuration.smtpUrl !== null },
      inbox: { wake: () => inboxWorker?.wake() },
      erasure: { wake: () => eraser?.wake() },
      pushServices,
      files: openFiles(configuration, await openVoices(configuration.ffmpegPath), log),
      limits: createLimits(redis, configuration.chatsPerAddress),
      entrances,
      ownHosts,
      resolveText: createTextResolver(configuration.dnsServers),
      addressOf,
      logFault,
    };
    const app = await createApp(services, { log, trustedProxies: configuration.trustedProxies });
    closers.push(() => app.close());
    await app.ready();
    hub.attach(app.server, services);
    closers.push(hub.close);
    closers.push(startIndexer({ storage, logFault }).close);
    const leftovers = startRemovingLeftovers({ storage, files: services.files, logFault });
    closers.push(leftovers.close);
    const { cutCustomer } = hub;
    eraser = startEraser({ storage, publish, cutCustomer, removeLeftovers: leftovers.wake, logFault });
    closers.push(eraser.close);
    closers.push(startWatchingAbsences({ storage, publish, logFault }).close);
    const open = () => openMisplaced(storage, publish);
    closers.push(every(openingMilliseconds, open, { logFault }).close);
    const tell = (ended: EndedTest) => tellEnd(services, ended);
    closers.push(startEndingTests({ storage, tell, logFault }).close);
    // The first to stop: nothing new goes out any more while what was accepted is still being stored.
    deliveryWorker = startDeliveryWorker({
      storage,
      deliverers: deliverersOf(channels, services),
      publish: hub.publish,
      logFault,
    });
    closers.push(deliveryWorker.close);
    inboxWorker = startInboxWorker({ storage, receivers: receiversOf(channels, services), logFault });
    closers.push(inboxWorker.close);
    await listen(app, configuration);
    port = (app.server.address() as AddressInfo).port;
    await database.announce(entrances.main());
    // Now that it is known where links lead.
    if (configuration.smtpUrl !== null) {
      const server = openMailServer(configuration.smtpUrl, configuration.mailFrom);
      mailWorker = startMailWorker({ storage, server, entrance: entrances.main, channels, logFault });
      closers.push(mailWorker.close);
    }
    const subject = () => contactOf(entrances.main(), configuration.mailFrom);
    const door = openPushDoor(pushServices, subject);
    closers.push(startPushWorker({ storage, secrets, door, logFault }).close);
    const token = await newSetUpToken(storage);
    const setUpLink = token === null ? null : `${entrances.main()}/set-up#${token}`;
    return { url: `http://localhost:${port}`, setUpLink, services, stop };
  };
  try {
    return await unlessAborted(options.signal, start());
  } catch (error) {
    await stop();
    throw error;
  }
}

function receiversOf({ all }: ChannelRegistry, services: ChannelServices): Receivers {
  return new Map(
    all.flatMap(({ kind, receive }) => (receive ? [[kind, (push) => receive(push, services)]] : [])),
  );
}

function deliverersOf({ all }: ChannelRegistry, services: ChannelServices): Deliverers {
  return new Map(
    all.flatMap(({ kind, deliver }) => (deliver ? [[kind, (parcel) => deliver(parcel, services)]] : [])),
  );
}

/** Tells whether committed changes hold work for the delivery worker. */
function handsOver(change: Change): boolean {
  switch (change.kind) {
    case "entries":
      return change.entries.some(({ delivery }) => delivery === "pending");
    case "deliveries":
      return change.states.some(({ delivery }) => delivery === "pending");
    default:
      return false;
  }
}

/** Whom a push service may turn to: our address, or where it is no public one, that of our mails. */
function contactOf(entrance: string, mailFrom: string): string {
  return entrance.startsWith("https:") ? entrance : `mailto:${/<([^<>]+)>$/.exec(mailFrom)?.[1] ?? mailFrom}`;
}

async function listen(
  app: Awaited<ReturnType<typeof createApp>>,
  { host, port }: Pick<Configuration, "host" | "port">,
): Promise<void> {
  try {
    await app.listen({ host, port, listenTextResolver: () => "listening" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    switch (code) {
      case "EADDRINUSE":
        throw new StartupProblem(
          `Port ${port} is taken by another program; choose another with PORT=<number>.`,
        );
      case "EACCES":
        throw new StartupProblem(
          `This user may not listen on port ${port}; choose one above 1023 with PORT=<number>.`,
        );
      case "EADDRNOTAVAIL":
      case "ENOTFOUND":
        throw new StartupProblem(`HOST=${host} is not an address of this machine; correct it.`);
      default:
        throw error;
    }
  }
}
