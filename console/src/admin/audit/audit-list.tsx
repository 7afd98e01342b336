import type { AuditEntry } from "@grata/contract/audit";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { formatExactly } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import styles from "./audit-list.module.css";
import { changeWords } from "./change-words.ts";

/** What happened, the newest first. A name leads to everything that its bearer did, or that was done to them. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <ol className={styles.list}>
      {entries.map(({ id, at, action, actor, by, target, address, changes }) => (
        <li key={id} className={styles.entry}>
          <div className={styles.when}>
            <time dateTime={new Date(at).toISOString()}>{formatExactly(at, locale)}</time>
            {address !== "" && <bdi>{address}</bdi>}
          </div>
          <div className={styles.what}>
            <span>
              <Party id={actor?.id ?? null} name={actor?.name ?? t(`audit.by.${by}`)} as="actorId" />
              {" · "}
              <strong>{t(`audit.actions.${action}`)}</strong>
              {target.name !== "" && (
                <>
                  {" · "}
                  <Party id={target.id} name={target.name} as="targetId" />
                </>
              )}
            </span>
            {Object.entries(changes).map(([field, change]) => (
              <span key={field} className={styles.change}>
                {changeWords(t, field, change)}
              </span>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Party({ id, name, as }: { id: string | null; name: string; as: "actorId" | "targetId" }) {
  const shown = <bdi>{plainLine(name)}</bdi>;
  return id === null ? (
    shown
  ) : (
    <Link to="/console/admin/audit-log" search={{ [as]: id }} className={styles.party}>
      {shown}
    </Link>
  );
}
