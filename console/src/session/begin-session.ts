import type { SignedInUser } from "@grata/contract/http";
import { clearNotices } from "../ui/notices/notices.ts";
import { readInOwnLanguage } from "../ui/texts/texts.ts";
import { queryClient, sessionQuery } from "./session-query.ts";

/** Makes everybody on this page know who is signed in now, and shows it in their language. */
export async function beginSession(session: SignedInUser): Promise<void> {
  await readInOwnLanguage(session.user.language);
  forgetAnswers();
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** Makes everybody on this page know that nobody is signed in any more. */
export function forgetSession(): void {
  clearNotices();
  forgetAnswers();
  queryClient.setQueryData(sessionQuery.queryKey, null);
}

/** What the server told one user is not for the next one who signs in on this page. */
function forgetAnswers(): void {
  const [session] = sessionQuery.queryKey;
  queryClient.removeQueries({ type: "inactive", predicate: ({ queryKey }) => queryKey[0] !== session });
}
