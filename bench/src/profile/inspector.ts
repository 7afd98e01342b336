import { WebSocket } from "ws";
import { BenchFailure } from "../failure.ts";
import type { Child } from "../system/child.ts";
import type { CpuProfile } from "./summary.ts";

/** The debugger of a server. */
export type Inspector = {
  /** The profile of what the server does during some work. */
  profile(work: () => Promise<unknown>): Promise<CpuProfile>;
  /** Collects the garbage, so that what remains in the memory is in use. */
  collectGarbage(): Promise<void>;
  close(): void;
};

type Reply = { id: number; result?: unknown; error?: { message: string } };

const samplingMicroseconds = 250;

/** Opens the debugger of a program and connects to it (Chrome DevTools Protocol). */
export async function openInspector(child: Child): Promise<Inspector> {
  child.process.kill("SIGUSR1");
  const listening = await child.line(/^Debugger listening on (\S+)/);
  const socket = new WebSocket(listening[1] ?? "", { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  socket.on("message", (data) => {
    const { id, result, error } = JSON.parse(String(data)) as Reply;
    if (error) waiting.get(id)?.reject(new BenchFailure(error.message));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });

  function call(method: string, parameters: object = {}): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(++lastId, answer);
    socket.send(JSON.stringify({ id: lastId, method, params: parameters }));
    return answer.promise;
  }

  return {
    async profile(work) {
      await call("Profiler.enable");
      await call("Profiler.setSamplingInterval", { interval: samplingMicroseconds });
      await call("Profiler.start");
      await work();
      const { profile } = (await call("Profiler.stop")) as { profile: CpuProfile };
      return profile;
    },
    async collectGarbage() {
      // What the first one finalizes is freed by the second.
      await call("HeapProfiler.collectGarbage");
      await call("HeapProfiler.collectGarbage");
    },
    close: () => socket.close(),
  };
}
