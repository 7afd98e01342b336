import { FileNotLoaded } from "@grata/client/browser/late-files";
import type { Language } from "@grata/contract/languages";
import english from "./voice.en.json?url";
import simplifiedChinese from "./voice.zh-Hans.json?url";
import traditionalChinese from "./voice.zh-Hant.json?url";

/** What the voice messages say, in one language. */
export type VoiceTexts = typeof import("./voice.en.json");

const addresses: Record<Language, string> = {
  en: english,
  "zh-Hans": simplifiedChinese,
  "zh-Hant": traditionalChinese,
};

let loading: Promise<VoiceTexts> | undefined;

/** Loads them in the language of the page, once. */
export function loadVoiceTexts(): Promise<VoiceTexts> {
  loading ??= read(addresses[document.documentElement.lang as Language]);
  // The next one to ask tries again.
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

async function read(address: string): Promise<VoiceTexts> {
  const response = await fetch(address);
  if (!response.ok) throw new FileNotLoaded(response.status === 404);
  return response.json();
}
