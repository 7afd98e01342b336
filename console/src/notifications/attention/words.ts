import type { Pushed } from "@grata/contract/push";
import type { Told } from "../../live/receive-news.ts";
import { givenName } from "../../ui/names/customer-name.ts";
import { type MessageSay, messageWords } from "../../ui/names/message-words.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";

/** The sentences that a pop-up is made of. The service worker has them without i18next. */
export type PopUpSay = MessageSay &
  ((key: "attention.waits", values: { name: string }) => string) &
  ((key: "customer.visitor", values: { reference: string }) => string);

/** What a pop-up says of a customer who waits, or of a message in one's own chat. */
export function popUpWords(
  t: PopUpSay,
  { kind, customer, last }: Pick<Pushed, "kind" | "customer" | "last">,
): { title: string; body: string } {
  const name = givenName(customer) ?? t("customer.visitor", { reference: customer.reference });
  return {
    title: kind === "waiting" ? t("attention.waits", { name }) : name,
    body: messageWords(t, last),
  };
}

/** Words for news from a colleague: a chat is the user's now, or a note mentions them. */
export function toldWords(
  t: ((key: "attention.handed", values: { name: string }) => string) &
    ((key: "attention.mentioned", values: { name: string }) => string),
  told: Told,
): { title: string; body: string } {
  const name = plainLine(told.by);
  return told.type === "handed"
    ? { title: t("attention.handed", { name }), body: "" }
    : { title: t("attention.mentioned", { name }), body: plainLine(told.text) };
}
