import type { AuditAction, AuditQuery } from "@grata/contract/audit";
import { startOfDate } from "../../ui/time/start-of-date.ts";

const identifier = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const action = /^[a-z_]+\.[a-z_]+$/;
const date = /^\d{4}-\d\d-\d\d$/;

/** Which part of the audit log is on screen: it stands in the address. Days are days of the reader. */
export interface AuditSearch {
  actorId?: string;
  targetId?: string;
  action?: AuditAction;
  from?: string;
  /** The last day, that day included. */
  until?: string;
}

/** Reads the address of the audit log; what does not belong there is left out. */
export function readAuditSearch(address: Record<string, unknown>): AuditSearch {
  const { actorId, targetId, from, until } = address;
  return {
    ...(matches(actorId, identifier) && { actorId }),
    ...(matches(targetId, identifier) && { targetId }),
    // Whether there is such an action is the server's to say: the first script has no room for the list.
    ...(matches(address.action, action) && { action: address.action as AuditAction }),
    ...(matches(from, date) && { from }),
    ...(matches(until, date) && { until }),
  };
}

/** What is asked of the server. */
export function queryOf({ from, until, ...rest }: AuditSearch, timeZone: string): AuditQuery {
  return {
    ...rest,
    ...(from && { from: String(startOfDate(from, 0, timeZone)) }),
    ...(until && { to: String(startOfDate(until, 1, timeZone)) }),
  };
}

function matches(value: unknown, shape: RegExp): value is string {
  return typeof value === "string" && shape.test(value);
}
