import type { AuditQuery } from "@grata/contract/audit";
import { listAudit } from "@grata/contract/routes/operation";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { call } from "../../session/http.ts";

/** The audit log, newest first, a page after the other. */
export const auditQuery = (query: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ["audit", query],
    queryFn: ({ pageParam }) => call(listAudit, { query: { ...query, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
