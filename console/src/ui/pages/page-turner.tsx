import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PageTurning } from "./use-page-turning.ts";

interface PageTurnerProps {
  turning: PageTurning;
  /** What is said of the whole list. */
  children?: ReactNode;
}

/** Below a list: how much of it there is, and the ways to its other pages. */
export function PageTurner({ turning: { page, previous, next, pending }, children }: PageTurnerProps) {
  const { t } = useTranslation();
  const several = previous !== null || next !== null;
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" role="status">
        {children}
        {Boolean(children) && several && " · "}
        {several && t("pages.page", { page: page + 1 })}
      </Text>
      {several && (
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={previous === null} onClick={() => previous?.()}>
            {t("pages.previous")}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={next === null}
            loading={pending}
            onClick={() => next?.()}
          >
            {t("pages.next")}
          </Button>
        </Group>
      )}
    </Group>
  );
}
