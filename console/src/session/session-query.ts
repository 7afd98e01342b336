import { QueryClient, queryOptions } from "@tanstack/react-query";
import { readInOwnLanguage } from "../ui/texts/texts.ts";
import { readSession } from "./session-requests.ts";

/** What the server answered, kept as long as the page: who is signed in changes only by what happens here. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      // Without a network a view says so, and asks again when it is back, instead of turning its loader until then.
      networkMode: "always",
      refetchOnReconnect: true,
    },
    mutations: { networkMode: "always" },
  },
});

/** Who is signed in; null when nobody is. Their language is on screen by the time this resolves. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => {
    const session = await readSession();
    if (session !== null) {
      await readInOwnLanguage(session.user.language);
    }
    return session;
  },
});
