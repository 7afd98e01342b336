import type { Connection, ConnectionOptions, ConnectionState } from "@grata/client/connection";
import { createFakeLine } from "@grata/client/testing/fake-line";
import type { Failure } from "@grata/contract/errors";
import type { News, RequestInput, RequestOutput, RequestType } from "@grata/contract/realtime";

type Answers = {
  [Type in RequestType]?: (input: RequestInput<Type>) => RequestOutput<Type>;
};

/** A server that a live session can connect to without a network; each answer comes 10 ms later. */
export function createFakeServer(answers: Answers) {
  const line = createFakeLine(({ type, input }) => {
    const answer = answers[type] as ((input: RequestInput<RequestType>) => unknown) | undefined;
    if (answer === undefined) {
      throw new Error(`nothing was prepared for ${type}`);
    }
    return answer(input);
  });
  line.state = "connecting";
  let options: ConnectionOptions | undefined;
  let closed = false;
  const connection: Connection = Object.assign(line, {
    now: () => Date.now(),
    retry: () => {},
    close: () => {
      closed = true;
    },
  });

  return {
    /** What was asked, in order. */
    asked: line.asked,
    /** The last input of a request of this type. */
    lastInput: (type: RequestType) => line.asked.findLast((asked) => asked.type === type)?.input,
    countOf: (type: RequestType) => line.asked.filter((asked) => asked.type === type).length,
    isClosed: () => closed,
    handshake: () => options?.handshake(),
    connect(given: ConnectionOptions): Connection {
      options = given;
      return connection;
    },
    /** Brings the line into a state, as a network or a server would. */
    enter(state: ConnectionState, failure?: Failure): void {
      if (state === "lost") {
        line.drop();
      }
      line.state = state;
      options?.onState(state, failure);
    },
    tell(news: News): void {
      options?.onNews(news);
    },
  };
}
