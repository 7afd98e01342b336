import type { AgentIdentity } from "@grata/contract/agent-identities";
import { ActionIcon, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import listStyles from "../../ui/pages/list.module.css";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { WrenchIcon } from "../../ui/theme/icons.ts";
import { avatarAddress, Face } from "./face.tsx";
import styles from "./identities.module.css";
import { useUsersOf } from "./use-users-of.ts";

interface IdentityLineProps {
  identity: AgentIdentity;
  onChange: () => void;
  onDelete: () => void;
}

/** One identity: how it looks, whose it is, who uses it, and what can be done to it. */
export function IdentityLine({ identity, onChange, onDelete }: IdentityLineProps) {
  const { t } = useTranslation(["identities", "console"]);
  const usersOf = useUsersOf();
  const { world, owner, names, avatar, userCount } = identity;
  const [first] = names;
  const name = plainLine(first?.name ?? "");
  const others = names.slice(1).map((one) => plainLine(one.name));
  const about = [
    t(`worlds.${world}`),
    owner === null ? t("shared") : t("personalOf", { name: plainLine(owner.name) }),
    userCount === 0 ? t("unused") : t("usedBy", { users: usersOf(identity, 3) }),
  ];
  return (
    <li className={listStyles.item} data-wraps>
      <Face name={name} picture={avatarAddress(avatar)} />
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi>{[name, ...others].join(" · ")}</bdi>
        </span>
        {first?.line !== undefined && <bdi className={styles.more}>{plainLine(first.line)}</bdi>}
        <span className={styles.more}>{about.join(" · ")}</span>
      </span>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("console:team.actionsOf", { name })}
          >
            <WrenchIcon size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onChange}>{t("change")}</Menu.Item>
          <Menu.Item onClick={onDelete}>{t("delete.action")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
