import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import mark from "../theme/grata.svg";

/** The product's mark and name. */
export function Brand() {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={mark} alt="" width={28} height={28} />
      <Text fw={700} size="lg" translate="no">
        {t("product")}
      </Text>
    </Group>
  );
}
