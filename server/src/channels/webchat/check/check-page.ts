import type { Language } from "@grata/contract/languages";
import type { CheckResult } from "@grata/contract/web-chat";
import type { Principal } from "../../../foundation/access/principal.ts";
import { requireTeam } from "../../../foundation/access/require-access.ts";
import { sentenceOfFinding } from "../../../foundation/refusal/sentences.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { readWebChat } from "../admin/read.ts";
import { defaultSettings } from "../settings.ts";
import { fetchPage } from "./fetch-page.ts";
import { judgePage, works } from "./judge-page.ts";

type Dependencies = {
  storage: Storage;
  /** Our public origins. */
  ours: string[];
  /** Refuses who asks too often (`too_many_requests`). */
  mayCheck(organisationId: string): Promise<void>;
};

/** Fetches a page of the shop and says whether the chat works there, and if not, why. */
export async function checkPage(
  { storage, ours, mayCheck }: Dependencies,
  principal: Principal,
  { channelId, url }: { channelId: string; url: string },
  language: Language,
): Promise<CheckResult> {
  const { organisationId } = requireTeam(principal, "channels.manage");
  const { stored } = await storage.inOrganisation(organisationId, (transaction) =>
    readWebChat(transaction, organisationId, channelId),
  );
  await mayCheck(organisationId);
  const allowedOrigins = stored?.allowedOrigins ?? defaultSettings.allowedOrigins;
  const findings = await judgePage(await fetchPage(url, ours), { channelId, allowedOrigins, ours });
  return {
    works: works(findings),
    findings: findings.map((code) => ({ code, message: sentenceOfFinding(code, language) })),
  };
}
