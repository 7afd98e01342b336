import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./brand.module.css";

/** The product's mark and name; the mark alone where there is little room. */
export function Brand({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation();
  return (
    <Group className={styles.brand} data-compact={compact} gap="0.5rem" wrap="nowrap">
      <svg className={styles.mark} viewBox="0 0 32 32" width={26} height={26} aria-hidden="true">
        <path d="M6 3h20a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H15l-7.4 5.2A1 1 0 0 1 6 29.4V25a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z" />
        <path d="M21.5 10.5A7 6 0 1 0 22 17v-2h-5" />
      </svg>
      <Text className={styles.name} fw={700} size="lg" translate="no">
        {t("product")}
      </Text>
    </Group>
  );
}
