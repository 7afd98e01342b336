import { createClient, type RedisClientType } from "redis";
import { StartupProblem } from "../configuration/startup-problem.ts";
import type { Outage } from "./outage.ts";

/** How long it may take to answer at the start. */
const patienceMilliseconds = 5_000;
const beatMilliseconds = 500;
/** One that has not answered for this long is away, also when its connections stay open. */
const answerWithinMilliseconds = 1_000;
/** Commands that may wait for their answers: what a node cannot pass on it does not keep either. */
const queueLimit = 20_000;

/**
 * Connects to Redis and keeps watch over it: while it is away, and as soon as it hangs, commands are refused at once
 * instead of waiting, and the connection is made anew until it serves. Throws StartupProblem when it does not answer.
 */
export async function openRedis(
  url: string,
  outage: Outage,
): Promise<{ client: RedisClientType; close(): Promise<void> }> {
  const client: RedisClientType = createClient({
    url,
    // Longer than the adapter's longest question, which waits five seconds for news.
    socket: { connectTimeout: patienceMilliseconds, socketTimeout: 8_000 },
    disableOfflineQueue: true,
    commandsQueueMaxLength: queueLimit,
  });
  // Listeners stay: taking the last one off cuts what the library hands out off from the events of its client.
  let onError = (_error: Error): void => undefined;
  client.on("error", (error: Error) => onError(error));
  client.on("ready", outage.ended);
  await connectFirst(client, (listener) => {
    onError = listener;
  });
  onError = outage.began;
  const stopWatching = watch(client, outage);
  return {
    client,
    async close() {
      stopWatching();
      client.destroy();
    },
  };
}

async function connectFirst(
  client: RedisClientType,
  listen: (onError: (error: Error) => void) => void,
): Promise<void> {
  let reason: string | undefined;
  const giveUp = (because: string) => {
    reason ??= because;
    client.destroy();
  };
  // It would be tried again for ever; the operator should hear of it.
  listen((error) => giveUp(error.message));
  const patience = setTimeout(giveUp, patienceMilliseconds, "it accepts connections and does not answer");
  try {
    await client.connect();
  } catch (error) {
    reason ??= error instanceof Error ? error.message : String(error);
    throw new StartupProblem(
      `Redis cannot be reached at the address in REDIS_URL (${reason}); check that it runs and that the address is right.`,
    );
  } finally {
    clearTimeout(patience);
  }
}

/**
 * Asks twice a second for a sign of life. A socket says nothing of a process that is stopped or of a network that
 * swallows everything; and its own timeout never comes while commands are still being written to it.
 */
function watch(client: RedisClientType, outage: Outage): () => void {
  let asking = false;
  let stopped = false;

  async function beat(): Promise<void> {
    if (asking || !client.isReady) return;
    asking = true;
    const answered = await answersInTime(client);
    asking = false;
    if (answered || stopped) return;
    outage.began(new Error(`no answer within ${answerWithinMilliseconds / 1000} s`));
    // All that waits for an answer is told so.
    client.destroy();
    client.connect().catch(() => undefined);
  }

  const timer = setInterval(() => void beat(), beatMilliseconds);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

async function answersInTime(client: RedisClientType): Promise<boolean> {
  let answered = false;
  const note = () => {
    answered = true;
  };
  // By writing, because a Redis that is being replaced answers everything but that. An error is an answer too: what
  // the client notices it says itself.
  const asked = client.set("grata:beat", "", { PX: beatMilliseconds }).then(note, note);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, answerWithinMilliseconds);
  });
  await Promise.race([asked, patience]);
  clearTimeout(timer);
  // When this process itself was held up, its answer may be there and not be read yet.
  if (!answered) await new Promise(setImmediate);
  return answered;
}
