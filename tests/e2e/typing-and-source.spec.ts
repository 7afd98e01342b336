import { Customer } from "./support/customer.ts";
import { enterConsole, expect, expectAccessible, test } from "./support/fixtures.ts";

test("C11: the agent sees that the customer is writing, in the chat and in the list, until they stop", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "let me think");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /let me think/ }).click();
  await expect(page.getByRole("log").getByText("let me think")).toBeVisible();
  await customer.type(true);
  await expect(page.getByRole("status").filter({ hasText: /^Visitor .{4} is writing…$/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /is writing…/ })).toBeVisible();
  await customer.say("I have thought");
  await expect(page.getByRole("log").getByText("I have thought")).toBeVisible();
  await expect(page.getByText("is writing…")).toHaveCount(0);
});

test("C11: the customer is told that the agent is writing, and that they have stopped", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  const customer = await Customer.write(server, "are you there?");
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /are you there/ }).click();
  await expect(page.getByRole("log").getByText("are you there?")).toBeVisible();
  const told = () => customer.news.flatMap((news) => (news.type === "typing" ? [news.typing] : []));
  await page.getByRole("textbox", { name: /Message to/ }).pressSequentially("I am");
  await expect.poll(told).toEqual([true]);
  await page.getByRole("textbox", { name: /Message to/ }).clear();
  await expect.poll(() => told().at(-1)).toBe(false);
});

test("C9, D1: the details tell on which page a chat began and what led there, as links that are safe", async ({
  page,
  server,
}) => {
  await enterConsole(page, server);
  await Customer.write(server, "about this tea", {
    page: { url: "https://shop.example/tea/oolong?utm=1", title: "\u202e<b>Oolong</b>" },
    referrer: "https://search.example/",
  });
  await page.getByRole("button", { name: "Show the wait list" }).click();
  await page.getByRole("button", { name: /about this tea/ }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await expect(details).toContainText("<b>Oolong</b>");
  expect(await details.innerText()).not.toContain("\u202e");
  const address = details.getByRole("link", { name: "shop.example/tea/oolong" });
  await expect(address).toHaveAttribute("href", "https://shop.example/tea/oolong?utm=1");
  await expect(address).toHaveAttribute("rel", /noopener noreferrer/);
  await expect(details.getByRole("link", { name: "search.example" })).toBeVisible();
  await expectAccessible(page);
  await details.getByRole("button", { name: "Close the details" }).click();
  await expect(details).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("log").getByText("about this tea")).toBeVisible();
  await expect(details).toHaveCount(0);
  await page.getByRole("button", { name: "Details" }).click();
  await expect(details).toBeVisible();
});
