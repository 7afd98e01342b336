import type { Mail, MailsQuery } from "@grata/contract/mails";
import * as routes from "@grata/contract/routes/operation";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

/** The outbox, newest first, a page after the other. It is asked for again while something waits. */
export const mailsQuery = (query: MailsQuery) =>
  infiniteQueryOptions({
    queryKey: ["mails", query],
    queryFn: ({ pageParam }) => call(routes.listMails, { query: { ...query, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ waiting }) => waiting > 0) ? 10_000 : false),
  });

/** Tries one of them now. */
export async function retryMail(mailId: string): Promise<Mail> {
  const tried = await call(routes.retryMail, { params: { mailId } });
  await queryClient.invalidateQueries({ queryKey: ["mails"] });
  return tried;
}
