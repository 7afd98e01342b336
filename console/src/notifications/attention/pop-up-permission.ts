/** What the browser says of pop-ups; `unavailable` where it has none, as on plain http. */
export type PopUpPermission = NotificationPermission | "unavailable";

export function popUpPermission(): PopUpPermission {
  return typeof Notification === "undefined" || !isSecureContext ? "unavailable" : Notification.permission;
}
