import { useState } from "react";

/** What is asked of a query that fetches one page after the other. */
interface PagedQuery {
  data: { pages: readonly unknown[] } | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<{ isSuccess: boolean }>;
}

/** Which page of a list is on screen, and the ways from it; null where there is none. */
export interface PageTurning {
  /** From nought. */
  page: number;
  previous: (() => void) | null;
  next: (() => void) | null;
  pending: boolean;
}

/** Turns the pages of a list. Another search, which `key` tells, begins with its first page. */
export function usePageTurning(query: PagedQuery, key: string): PageTurning {
  const [place, setPlace] = useState({ key, page: 0 });
  // Also one that was turned before: whoever comes back to it by a filter or a column begins again.
  if (place.key !== key) {
    setPlace({ key, page: 0 });
  }
  const loaded = query.data?.pages.length ?? 0;
  // Fetched anew, a list may have become shorter.
  const page = place.key === key ? Math.max(0, Math.min(place.page, loaded - 1)) : 0;
  const turnTo = (wanted: number) => setPlace({ key, page: wanted });

  async function fetchNext(): Promise<void> {
    if ((await query.fetchNextPage()).isSuccess) turnTo(page + 1);
  }

  function next(): void {
    if (page + 1 < loaded) turnTo(page + 1);
    else void fetchNext();
  }

  return {
    page,
    previous: page > 0 ? () => turnTo(page - 1) : null,
    next: page + 1 < loaded || query.hasNextPage ? next : null,
    pending: query.isFetchingNextPage,
  };
}
