import { type Mail, type MailsQuery, mail, mailsPage } from "@grata/contract/mails";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";
import { pathWith } from "../../ui/pages/path-with.ts";

const path = "/api/mails";

/** The outbox, newest first, a page after the other. It is asked for again while something waits. */
export const mailsQuery = (query: MailsQuery) =>
  infiniteQueryOptions({
    queryKey: ["mails", query],
    queryFn: ({ pageParam }) => ask({ method: "GET", path: pathWith(path, query, pageParam) }, mailsPage),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ waiting }) => waiting > 0) ? 10_000 : false),
  });

/** Tries one of them now. */
export async function retryMail(id: string): Promise<Mail> {
  const tried = await ask({ method: "POST", path: `${path}/${id}/retry` }, mail);
  await queryClient.invalidateQueries({ queryKey: ["mails"] });
  return tried;
}
