import type { WaitOrder } from "@grata/contract/realtime";
import { Loader, SegmentedControl, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { walkLines } from "../../ui/parts/walk-lines.ts";
import { useObservable } from "../../ui/store/use-observable.ts";
import { EmojiIcon } from "../../ui/theme/icons.ts";
import { useClaim } from "./use-claim.ts";
import styles from "./wait-list.module.css";
import { inWaitOrder } from "./wait-order.ts";
import { WaitingLine } from "./waiting-line.tsx";

interface WaitListProps {
  order: WaitOrder;
  onOrder: (order: WaitOrder) => void;
  onClaimed: () => void;
}

/** Who waits. One click claims; whoever is claimed by somebody else is gone at once. */
export function WaitList({ order, onOrder, onClaimed }: WaitListProps) {
  const { t } = useTranslation();
  const live = useLive();
  const { items, total, state } = useObservable(live.waiting);
  const claim = useClaim(live.actions.claim, onClaimed);
  const more = total - items.length;
  return (
    <section aria-label={t("waitList.title")}>
      <div className={styles.head}>
        <Title order={2} size="h5">
          {t("waitList.title")}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t("waitList.order")}
          value={order}
          onChange={onOrder}
          data={[
            { value: "longest", label: t("waitList.longest") },
            { value: "newest", label: t("waitList.newest") },
          ]}
        />
      </div>
      {content()}
    </section>
  );

  function content() {
    switch (state.kind) {
      case "loading":
        return <Loader className={styles.loader} aria-label={t("loading")} />;
      case "refused":
        return <FailureAlert sentence={state.failure.message} onRetry={live.waiting.resync} />;
      case "ready":
        return items.length === 0 ? (
          <EmptyView icon={EmojiIcon} title={t("waitList.empty")} hint={t("waitList.emptyHint")} />
        ) : (
          <ul className={styles.lines} onKeyDown={walkLines}>
            {inWaitOrder(items, order).map((conversation) => (
              <li key={conversation.id}>
                <WaitingLine
                  conversation={conversation}
                  claiming={claim.isPending && claim.variables === conversation.id}
                  onClaim={claim.mutate}
                />
              </li>
            ))}
            {more > 0 && (
              <Text component="li" className={styles.more} size="sm" c="dimmed">
                {t("waitList.more", { count: more })}
              </Text>
            )}
          </ul>
        );
    }
  }
}
