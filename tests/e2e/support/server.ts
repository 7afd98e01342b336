import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Settings = Record<string, string>;

/** The built program, run as a user would run it, on an embedded database of its own. */
export class Server {
  readonly #folder: string;
  readonly #environment: Settings;
  readonly #program: string;
  #process: ChildProcess | undefined;
  #port = 0;
  /** The one-time link of the first start. */
  setUpLink = "";

  private constructor(folder: string, environment: Settings, program: string) {
    this.#folder = folder;
    this.#environment = environment;
    this.#program = program;
  }

  /** Starts it on an empty folder; settings that name its port get to know it. */
  static async start(
    settings: Settings | ((port: number) => Settings) = {},
    program = "server/dist/main.js",
  ): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "grata-e2e-"));
    // As root the database runs as nobody; where nobody cannot go its data would be put elsewhere, and stay there.
    await chmod(folder, 0o755);
    const port = typeof settings === "function" ? await freePort() : 0;
    const server = new Server(folder, typeof settings === "function" ? settings(port) : settings, program);
    server.#port = port;
    await server.startAgain();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Starts it on the folder and the port that it had; resolves when it is ready. */
  async startAgain(): Promise<void> {
    const child = spawn(process.execPath, [this.#program], {
      env: this.#variables(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stdout.on("data", (chunk) => {
        said += chunk;
        const ready = said.match(/ready: http:\/\/localhost:(\d+)/);
        const link = said.match(/http:\S+\/set-up#\S+/);
        if (!ready || (!link && this.setUpLink === "")) return;
        this.#port = Number(ready[1]);
        this.setUpLink ||= link?.[0] ?? "";
        resolve();
      });
      child.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
    });
  }

  /** Runs a command of the operator's beside it; resolves when that has succeeded. */
  async command(argv: string[], input: string): Promise<void> {
    const child = spawn(process.execPath, ["server/dist/grata.js", ...argv], {
      env: this.#variables(),
      stdio: ["pipe", "ignore", "inherit"],
    });
    child.stdin.end(input);
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`${argv[0]} ended with ${code}.`);
  }

  #variables(): NodeJS.ProcessEnv {
    const own = { PORT: String(this.#port), GRATA_DATA: this.#folder, LOG_LEVEL: "error" };
    // Customers of tests say more in a second than people do.
    const limits = { MESSAGES_PER_VISITOR: "1000" };
    return { ...process.env, ...limits, ...this.#environment, ...own };
  }

  /** Takes it down as a crash would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Stops it in order and removes its data. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
}

/** A port of this machine where nobody listens. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  return port;
}
