/** The few constants of the realtime contract, apart from its schemas: the chat window has no room for those. */

/** A client that speaks another version is told to reload (`version_unknown`). */
export const realtimeVersion = 1;

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
