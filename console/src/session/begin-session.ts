import type { SignedInUser } from "@grata/contract/http";
import { clearNotices } from "../notices/notices.ts";
import { readInOwnLanguage } from "../texts/texts.ts";
import { queryClient, sessionQuery } from "./session-query.ts";

/** Makes everybody on this page know who is signed in now, and shows it in their language. */
export async function beginSession(session: SignedInUser): Promise<void> {
  await readInOwnLanguage(session.user.language);
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** Makes everybody on this page know that nobody is signed in any more. */
export function forgetSession(): void {
  clearNotices();
  queryClient.setQueryData(sessionQuery.queryKey, null);
}
