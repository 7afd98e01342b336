/** The few constants of the realtime contract, apart from its schemas: the chat window has no room for those. */

/**
 * A client that speaks an older version than the oldest, or a newer one than the server's, is told to reload
 * (`version_unknown`). Those before 2 take no entry, channel, delivery state or error that they do not know.
 */
export const realtimeVersion = 2;
export const oldestRealtimeVersion = 2;

export const realtimePath = "/realtime";

/** The two socket events: a request that is answered, and news that is not. */
export const requestEvent = "request";
export const newsEvent = "news";

/** Why a session is over. `replaced`: by a newer sign-in on the same kind of device. */
export const endReasons = [
  "signed_out",
  "expired",
  "replaced",
  "disabled",
  "password_changed",
  "inactive",
] as const;
