import type { UserProfile } from "@grata/contract/team";
import { Button, Group, Loader, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { SessionList } from "../../account/sessions/session-list.tsx";
import { latePart } from "../../ui/late/late-part.tsx";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { BackIcon } from "../../ui/theme/icons.ts";
import { AssignedForm } from "../identities/assigned-form.tsx";
import { routingTexts } from "../routing/routing-texts.ts";
import { useMe } from "./own-session.ts";
import { ProfileForm } from "./profile-form.tsx";
import { userQuery } from "./requests.ts";
import { StatusBadge } from "./status-badge.tsx";
import { actionsFor, type UserAction } from "./user-actions.ts";

const UserActionDialog = latePart(async () => (await import("./user-action-dialog.tsx")).UserActionDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});

const GroupsOfUser = latePart(async () => (await import("../routing/groups-of-user.tsx")).GroupsOfUser, {
  place: "section",
  texts: [routingTexts],
});

/** One user: who they are, what they may do, where they are signed in. */
export function UserPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const { userId } = useParams({ from: "/console/admin/users/$userId" });
  const profile = useQuery(userQuery(userId));
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <Link className={styles.back} to="/console/admin/users" activeOptions={{ exact: true }}>
        <BackIcon size={16} aria-hidden />
        {t("team.review.back")}
      </Link>
      {profile.isPending && <Loader aria-label={t("loading")} />}
      {profile.isError && (
        <FailureAlert sentence={sentenceOf(profile.error)} onRetry={() => void profile.refetch()} />
      )}
      {profile.isSuccess && <Profile profile={profile.data} />}
    </div>
  );
}

function Profile({ profile: { user, sessions, secondFactor } }: { profile: UserProfile }) {
  const { t } = useTranslation();
  const me = useMe();
  const [chosen, setChosen] = useState<UserAction | null>(null);
  return (
    <>
      <div>
        <Group gap="sm">
          <Title order={1} size="h2">
            <bdi>{plainLine(user.name)}</bdi>
          </Title>
          <StatusBadge user={user} />
        </Group>
        <Text c="dimmed">{user.email}</Text>
      </div>
      <Group gap="xs">
        {actionsFor(user, me).map((action) => (
          <Button key={action} variant="default" onClick={() => setChosen(action)}>
            {t(`team.${action}.action`)}
          </Button>
        ))}
      </Group>
      <ProfileForm key={`${user.name} ${user.role} ${user.language}`} user={user} />
      <AssignedForm key={JSON.stringify(user.identities)} user={user} />
      <Suspense>
        <GroupsOfUser userId={user.id} />
      </Suspense>
      <section className={styles.card}>
        <Title order={2} size="h4">
          {t("team.profile.sessions")}
        </Title>
        {sessions.length === 0 ? (
          <Text c="dimmed">{t("team.profile.noSessions")}</Text>
        ) : (
          <SessionList sessions={sessions} />
        )}
      </section>
      <section className={styles.card}>
        <Title order={2} size="h4">
          {t("team.profile.secondFactor")}
        </Title>
        <Text>{secondFactor ? t("team.profile.secondFactorOn") : t("team.profile.secondFactorOff")}</Text>
        {secondFactor && user.id !== me && (
          <Button variant="default" w="fit-content" onClick={() => setChosen("reset")}>
            {t("team.reset.action")}
          </Button>
        )}
      </section>
      {chosen !== null && (
        <Suspense>
          <UserActionDialog user={user} action={chosen} onClose={() => setChosen(null)} />
        </Suspense>
      )}
    </>
  );
}
