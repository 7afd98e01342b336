import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import mark from "../theme/grata.svg";
import styles from "./brand.module.css";

/** The product's mark and name; the mark alone where there is little room. */
export function Brand({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation();
  return (
    <Group className={styles.brand} data-compact={compact} gap="xs" wrap="nowrap">
      <img src={mark} alt="" width={28} height={28} />
      <Text className={styles.name} fw={700} size="lg" translate="no">
        {t("product")}
      </Text>
    </Group>
  );
}
