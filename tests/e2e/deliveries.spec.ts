import type { Page } from "@playwright/test";
import { Customer } from "./support/customer.ts";
import { enterConsole, expect, expectAccessible, test, write } from "./support/fixtures.ts";

/** Delivery fields of an entry: as the server sends them for web chat, and for a message that failed. */
const fetched = /("text":"(lost|doubtful) words"\}[^{]*\{[^}]*\},"audience":"everybody","delivery":)"none"/g;
const fates = {
  lost: '"failed","deliveryVersion":1,"deliveryReason":"The customer \\u202eblocked us."',
  doubtful: '"unconfirmed","deliveryVersion":2,"deliveryReason":"no_answer"',
};

/** Lets a page believe that its chats are on a channel that messages are handed to. To be called before it connects. */
async function handOver(page: Page) {
  const resent: unknown[] = [];
  let tell: (news: object) => void = () => undefined;
  await page.routeWebSocket(/\/realtime\//, (socket) => {
    const server = socket.connectToServer();
    tell = (news) => socket.send(`42${JSON.stringify(["news", news])}`);
    socket.onMessage((frame) => {
      const [, asked] = /^42\d+(\[.*"message\.resend".*\])$/.exec(String(frame)) ?? [];
      if (asked !== undefined) resent.push(JSON.parse(asked)[1]);
      server.send(frame);
    });
    server.onMessage((frame) => {
      socket.send(
        String(frame).replace(
          fetched,
          (_, before: string, which: keyof typeof fates) => before + fates[which],
        ),
      );
    });
  });
  return { resent, tell: (news: object) => tell(news) };
}

test("C4: a message that did not arrive says so and why, and is sent again by a click", async ({
  page,
  server,
}) => {
  const { resent, tell } = await handOver(page);
  await enterConsole(page, server);
  const customer = await Customer.write(server, "anybody there?");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /anybody there\?/ }).click();
  await write(page, "lost words");
  await write(page, "doubtful words");
  const log = page.getByRole("log");
  await expect(log.getByText("Not delivered")).toBeVisible();
  // The channel's own words, without what could turn what stands beside them.
  await expect(log.getByText("The customer blocked us.", { exact: true })).toBeVisible();
  await expect(log.getByText("Delivery not confirmed")).toBeVisible();
  await expect(
    log.getByText("The channel did not answer in time. The message may have arrived."),
  ).toBeVisible();
  const resend = log.getByRole("button", { name: "Resend" });
  await expect(resend).toHaveCount(2);
  await expectAccessible(page);

  await resend.first().click();
  const { conversationId } = customer;
  const asked = { type: "message.resend", conversationId, seq: 3, deliveryVersion: 1 };
  await expect.poll(() => resent).toEqual([asked]);
  const told = (delivery: string, deliveryVersion: number) =>
    tell({ type: "deliveries", conversationId, states: [{ seq: 3, delivery, deliveryVersion }] });
  told("pending", 3);
  await expect(log.getByText("Being delivered")).toBeVisible();
  await expect(resend).toHaveCount(1);
  told("delivered", 4);
  await expect(log.getByText("Being delivered")).toHaveCount(0);
  await expect(log.getByTitle("Delivered", { exact: true })).toBeVisible();

  // It is stored with the message.
  await page.reload();
  await expect(resend).toHaveCount(2);
  customer.leave();
});
