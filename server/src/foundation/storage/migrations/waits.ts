import pg from "pg";

type Blocker = {
  target: string | null;
  pid: number;
  application: string | null;
  state: string | null;
  seconds: number | null;
};

const blockersQuery = `
  SELECT l.relation::regclass::text AS target, a.pid, NULLIF(a.application_name, '') AS application, a.state,
    extract(epoch FROM clock_timestamp() - a.xact_start)::int AS seconds
  FROM pg_locks l, unnest(pg_blocking_pids(l.pid)) AS blocking (pid)
  JOIN pg_stat_activity a ON a.pid = blocking.pid
  WHERE l.pid = $1 AND NOT l.granted
  ORDER BY a.xact_start NULLS LAST
  LIMIT 1`;

const firstLookMilliseconds = 80;
const longestPauseMilliseconds = 5_000;
/** The same wait is told again after this long. */
const repeatMilliseconds = 10_000;

export type WaitWatch = {
  /** Does `work`; while it waits for somebody, a sentence now and then says whom for. */
  during<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Describes the session that was in the way last. */
  lastSeen(): string;
  close(): Promise<void>;
};

/** Watches, by a second connection that is opened when there is something to watch, what the session `pid` waits for. */
export function watchWaits(
  connection: pg.ClientConfig,
  pid: number,
  say: (sentence: string) => void,
): WaitWatch {
  let watcher: Promise<pg.Client | null> | null = null;
  let seen: Blocker | null = null;
  let told = { key: "", at: Number.NEGATIVE_INFINITY };

  async function look(name: string): Promise<void> {
    watcher ??= connect(connection);
    const client = await watcher;
    const found = await client?.query<Blocker>(blockersQuery, [pid]).catch(() => null);
    const [blocker] = found?.rows ?? [];
    if (!blocker) return;
    seen = blocker;
    const key = `${name} ${blocker.pid} ${blocker.target}`;
    const now = performance.now();
    if (key === told.key && now - told.at < repeatMilliseconds) return;
    told = { key, at: now };
    say(`The migration ${name} waits for ${inWords(blocker)}.`);
  }

  return {
    async during(name, work) {
      let over = false;
      let timer: NodeJS.Timeout | undefined;
      let looking = Promise.resolve();
      const lookIn = (milliseconds: number) => {
        timer = setTimeout(() => {
          looking = look(name).then(() => {
            if (!over) lookIn(Math.min(milliseconds * 2, longestPauseMilliseconds));
          });
        }, milliseconds);
      };
      lookIn(firstLookMilliseconds);
      try {
        return await work();
      } finally {
        over = true;
        clearTimeout(timer);
        await looking;
      }
    },
    lastSeen: () => (seen ? inWords(seen) : "another session"),
    async close() {
      await (await watcher)?.end().catch(() => undefined);
    },
  };
}

/** Without a connection to spare nobody is named; the waiting itself goes on. */
async function connect(connection: pg.ClientConfig): Promise<pg.Client | null> {
  const client = new pg.Client({
    ...connection,
    application_name: "grata migrations watch",
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on("error", () => undefined);
  return client.connect().then(
    () => client,
    () => null,
  );
}

/** Names the session and never its statement, which may quote what people wrote. */
function inWords({ target, pid, application, state, seconds }: Blocker): string {
  const details = [
    application === null ? null : `"${application}"`,
    state,
    seconds === null ? null : `its transaction began ${seconds} s ago`,
  ].filter((detail) => detail !== null);
  const session = `session ${pid}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
  return target === null ? session : `the table ${target}, held by ${session}`;
}
