import { type AuditQuery, auditPage } from "@grata/contract/audit";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { pathWith } from "../../ui/pages/path-with.ts";

/** The audit log, newest first, a page after the other. */
export const auditQuery = (query: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ["audit", query],
    queryFn: ({ pageParam }) =>
      ask({ method: "GET", path: pathWith("/api/audit-log", query, pageParam) }, auditPage),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
