import type { RequestInput, RequestOutput, RequestType } from "@grata/contract/realtime";
import type { ConnectionState, Line } from "../connection.ts";
import { ConnectionLost } from "../failures.ts";
import { after } from "../timers.ts";

/** A request that a line was given. */
export type Asked = { type: RequestType; input: RequestInput<RequestType> };

export type FakeLine = Line & {
  state: ConnectionState;
  asked: Asked[];
  /** Drops the line: what is under way is rejected, as by a lost connection. */
  drop(): void;
};

/** A line whose answers come from `answer` 10 ms later. What `answer` throws is the rejection. */
export function createFakeLine(answer: (asked: Asked) => unknown): FakeLine {
  const asked: Asked[] = [];
  const underWay = new Set<() => void>();
  const line: FakeLine = {
    state: "open",
    asked,
    drop() {
      line.state = "lost";
      for (const reject of [...underWay]) {
        reject();
      }
    },
    request<Type extends RequestType>(type: Type, input: RequestInput<Type>): Promise<RequestOutput<Type>> {
      asked.push({ type, input });
      if (line.state !== "open") {
        return Promise.reject(new ConnectionLost("not_open"));
      }
      return new Promise((resolve, reject) => {
        const lose = () => {
          cancel();
          underWay.delete(lose);
          reject(new ConnectionLost("disconnected"));
        };
        const cancel = after(10, () => {
          underWay.delete(lose);
          try {
            resolve(answer({ type, input }) as RequestOutput<Type>);
          } catch (error) {
            reject(error);
          }
        });
        underWay.add(lose);
      });
    },
  };
  return line;
}
