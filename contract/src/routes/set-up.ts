/** The first run. */
import { setUpBody, setUpCheckBody, signedInUser } from "../http.ts";
import { route } from "./route.ts";

export const checkSetUp = route("POST", "/api/set-up/check", {
  summary: "Resolves when the set-up link still works, before somebody fills in the form",
  permission: "organisation.setUp",
  asker: "anybody",
  body: setUpCheckBody,
  refusals: ["set_up_link_invalid", "set_up_done"],
});
export const setUp = route("POST", "/api/set-up", {
  summary: "Creates the organisation and its first admin, and signs them in",
  permission: "organisation.setUp",
  asker: "anybody",
  body: setUpBody,
  answer: signedInUser,
  refusals: [
    "set_up_link_invalid",
    "set_up_done",
    "email_taken",
    "password_common",
    "too_many_attempts",
    "sign_in_required",
  ],
});
