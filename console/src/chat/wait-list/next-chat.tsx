import type { WaitOrder } from "@grata/contract/realtime";
import { ActionIcon, Button, Popover, VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { notify } from "../../ui/notices/notices.ts";
import { Count } from "../../ui/parts/count.tsx";
import { localTexts } from "../../ui/store/browser-storage.ts";
import { useObservable } from "../../ui/store/use-observable.ts";
import { OpenIcon } from "../../ui/theme/icons.ts";
import styles from "./next-chat.module.css";
import { useClaim } from "./use-claim.ts";
import { WaitList } from "./wait-list.tsx";
import { readWaitOrder, rememberWaitOrder } from "./wait-order.ts";

/** The button that takes the next customer, with their number in red, and the wait list below it. */
export function NextChat() {
  const { t } = useTranslation();
  const live = useLive();
  const { total } = useObservable(live.waiting);
  const [order, setOrder] = useState(() => readWaitOrder(localTexts));
  const [opened, setOpened] = useState(false);
  useEffect(() => live.waiting.turn(order), [live, order]);
  const next = useClaim(live.actions.claimNext, () => setOpened(false));

  function changeOrder(wanted: WaitOrder): void {
    rememberWaitOrder(localTexts, wanted);
    setOrder(wanted);
  }

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={432}
      shadow="md"
      trapFocus
      returnFocus
    >
      <VisuallyHidden role="status">{t("waitList.count", { count: total })}</VisuallyHidden>
      <div className={styles.group} data-quiet={total === 0}>
        <Button
          className={styles.next}
          data-shortcut="next"
          loading={next.isPending}
          // Not disabled: somebody whom a colleague overtook by a moment is told so.
          aria-disabled={total === 0}
          data-disabled={total === 0 || undefined}
          onClick={() => (total === 0 ? notify(t("commands.nobody")) : next.mutate(order))}
        >
          {t("waitList.nextChat")}
          {total > 0 && (
            <span className={styles.counter}>
              <Count number={total} urgent />
            </span>
          )}
        </Button>
        <Popover.Target>
          <ActionIcon
            className={styles.open}
            data-shortcut="waitList"
            size={36}
            aria-label={t("waitList.open")}
            onClick={() => setOpened(!opened)}
          >
            <OpenIcon size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </div>
      <Popover.Dropdown className={styles.list} aria-label={t("waitList.title")}>
        <WaitList order={order} onOrder={changeOrder} onClaimed={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
