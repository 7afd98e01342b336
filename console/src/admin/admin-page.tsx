import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { TabSign } from "../notifications/attention/tab-sign.tsx";
import { BackIcon } from "../ui/theme/icons.ts";
import styles from "./admin-page.module.css";
import { adminSections } from "./sections.ts";

/** The Admin Panel: its pages at the side, the chosen one beside them. */
export function AdminPage() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const menu = useRef<HTMLElement>(null);
  // On a narrow screen the menu is one line that scrolls: the chosen page is brought into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which link is the current one follows the address.
  useEffect(() => {
    menu.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <div className={styles.panel}>
      <TabSign title={t("admin.title")} />
      <nav ref={menu} className={styles.menu} aria-label={t("admin.title")}>
        <Link className={styles.back} to="/console" activeOptions={{ exact: true }}>
          <BackIcon size={16} aria-hidden />
          {t("admin.back")}
        </Link>
        {adminSections.map(({ label, pages }) => (
          <div key={pages[0]?.to}>
            {label !== null && <h2 className={styles.heading}>{t(label)}</h2>}
            <ul className={styles.pages}>
              {pages.map(({ to, label: page, icon: PageIcon }) => (
                <li key={to}>
                  <Link className={styles.page} to={to} activeOptions={{ exact: to === "/console/admin" }}>
                    <PageIcon size={18} aria-hidden />
                    {t(page)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <main className={styles.content} id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
