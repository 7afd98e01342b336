import type { LinkProps } from "@tanstack/react-router";
import type { ParseKeys } from "i18next";
import {
  AdminIcon,
  AuditIcon,
  FactorIcon,
  FieldsIcon,
  GoneIcon,
  type Icon,
  IdentityIcon,
  MailIcon,
  OrganisationIcon,
  QuickReplyIcon,
  RoutingIcon,
  TagIcon,
  TeamIcon,
  WebChatIcon,
} from "../ui/theme/icons.ts";

/** A heading of the side menu and the pages below it. Labels are keys of the texts. */
interface AdminSection {
  label: ParseKeys | null;
  pages: readonly { to: NonNullable<LinkProps["to"]>; label: ParseKeys; icon: Icon }[];
}

/**
 * The side menu of the Admin Panel. A page that is added to the routes gets its line here; what has no page yet has
 * no line either.
 */
export const adminSections: readonly AdminSection[] = [
  { label: null, pages: [{ to: "/console/admin", label: "admin.overview.title", icon: AdminIcon }] },
  {
    label: "team.section",
    pages: [
      { to: "/console/admin/users", label: "team.title", icon: TeamIcon },
      { to: "/console/admin/agent-identities", label: "team.identities", icon: IdentityIcon },
      { to: "/console/admin/routing", label: "routing.title", icon: RoutingIcon },
      { to: "/console/admin/unattended-chats", label: "absentChats.title", icon: GoneIcon },
      { to: "/console/admin/quick-replies", label: "quickReplies.title", icon: QuickReplyIcon },
    ],
  },
  {
    label: "panel.customers",
    pages: [
      { to: "/console/admin/tags", label: "tags.title", icon: TagIcon },
      { to: "/console/admin/customer-fields", label: "customFields.title", icon: FieldsIcon },
      { to: "/console/admin/customer-data", label: "customerData.page", icon: FactorIcon },
    ],
  },
  {
    label: "webChat.channels",
    pages: [{ to: "/console/admin/web-chat", label: "webChat.title", icon: WebChatIcon }],
  },
  {
    label: "organisation.section",
    pages: [
      { to: "/console/admin/organisation", label: "organisation.title", icon: OrganisationIcon },
      { to: "/console/admin/mail", label: "mails.title", icon: MailIcon },
      { to: "/console/admin/audit-log", label: "audit.title", icon: AuditIcon },
    ],
  },
];
