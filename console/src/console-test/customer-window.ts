import { createHeard } from "@grata/client/browser/voice/heard";
import { localPort, localTexts } from "../ui/store/browser-storage.ts";
import { currentLanguage } from "../ui/texts/texts.ts";

/** One window for all tests: whoever asks for it again gets the one that is there. */
const name = "grata-console-test";
const features = "popup,width=420,height=720";

/** Where the chat window in it keeps what is its visitor's. */
const prefixOf = (channelId: string) => `grata.${channelId}.`;

/** Opens the customer's window, empty: within the click, or browsers block it. Null: this one did. */
export function openCustomerWindow(): Window | null {
  return window.open("", name, features);
}

/** Gives the window its customer, who is nobody's who was there before. */
export function admitCustomer(channelId: string, token: string): void {
  forgetCustomer(channelId);
  localTexts.write(`${prefixOf(channelId)}token`, token);
}

export function showCustomer(opened: Window, channelId: string): void {
  opened.location.href = `/console-test/${channelId}?language=${currentLanguage()}`;
}

export function forgetCustomer(channelId: string): void {
  for (const key of localTexts.keys(prefixOf(channelId))) localTexts.remove(key);
}

/** Which voices were played in the customer's window. */
export function heardByCustomer(channelId: string): ReadonlySet<string> {
  return createHeard(localPort, `${prefixOf(channelId)}heard`).snapshot();
}
