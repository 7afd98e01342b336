/** Routes for settings of the whole organisation, for its admins. */
import { organisationChange, organisationSettings } from "../organisation.ts";
import { hostBody, logoParameters, logoTypes, ownEntrance, slugBody } from "../own-entrance.ts";
import { retention } from "../retention.ts";
import { route } from "./route.ts";

export const readOrganisation = route("GET", "/api/organisation", {
  summary: "Reads the settings of the organisation",
  permission: "organisation.manage",
  answer: organisationSettings,
});
export const changeOrganisation = route("PUT", "/api/organisation", {
  summary: "Sets the settings of the organisation",
  permission: "organisation.manage",
  body: organisationChange,
  answer: organisationSettings,
});
export const readRetention = route("GET", "/api/organisation/retention", {
  summary: "Reads for how long closed chats are kept",
  permission: "organisation.manage",
  answer: retention,
});
export const changeRetention = route("PUT", "/api/organisation/retention", {
  summary: "Sets for how long closed chats are kept",
  permission: "organisation.manage",
  body: retention,
  answer: retention,
});

export const readOwnEntrance = route("GET", "/api/organisation/entrance", {
  summary: "Reads the organisation's own sign-in page",
  permission: "organisation.manage",
  answer: ownEntrance,
});
export const setSlug = route("PUT", "/api/organisation/slug", {
  summary: "Sets the address of the organisation's own sign-in page",
  permission: "organisation.manage",
  body: slugBody,
  answer: ownEntrance,
  refusals: ["slug_reserved", "slug_taken"],
});
export const setHost = route("PUT", "/api/organisation/host", {
  summary: "Sets the organisation's own host name",
  permission: "organisation.manage",
  body: hostBody,
  answer: ownEntrance,
  refusals: ["host_reserved", "host_taken"],
});
export const checkHost = route("POST", "/api/organisation/host/check", {
  summary: "Looks for the DNS record that proves whose the host name is",
  permission: "organisation.manage",
  answer: ownEntrance,
  refusals: ["host_unknown", "host_not_proven", "host_taken", "too_many_requests"],
});
export const setLogo = route("PUT", "/api/organisation/logo", {
  summary: "Sets the logo of the organisation's own sign-in page",
  permission: "organisation.manage",
  upload: logoTypes,
  answer: ownEntrance,
  refusals: [
    "logo_too_large",
    "logo_too_wide",
    "logo_type_unknown",
    "logo_mismatched",
    "logo_unreadable",
    "too_many_requests",
  ],
});
export const removeLogo = route("DELETE", "/api/organisation/logo", {
  summary: "Removes the logo of the organisation's own sign-in page",
  permission: "organisation.manage",
  answer: ownEntrance,
});
export const readLogo = route("GET", "/api/logo/:organisationId/:hash", {
  summary: "Reads the logo of an organisation's own sign-in page",
  permission: "page.read",
  asker: "anybody",
  params: logoParameters,
  download: ["image/webp"],
  refusals: ["route_unknown"],
});
