import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** An answer on its way to a customer. */
export type Answer = { to: string; text: string; from: string | null };

/** `silence`: the connection breaks off before anybody knows. */
type Behaviour = "taken" | "refused" | "later" | "silence";

/** The other side of the channel: takes answers as `behave` says, and notes each that came, taken or not. */
export async function openPlatform(behave: (answer: Answer, before: number) => Behaviour = () => "taken") {
  const came: Answer[] = [];
  const server = createServer(async (request, response) => {
    const answer = (await json(request)) as Answer;
    const before = came.filter(({ to, text }) => to === answer.to && text === answer.text).length;
    came.push(answer);
    switch (behave(answer, before)) {
      case "taken":
        return response.writeHead(200).end();
      case "refused":
        return response.writeHead(410).end();
      case "later":
        return response.writeHead(503).end();
      case "silence":
        return request.socket.destroy();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answers`,
    came,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
