import { holds } from "@grata/contract/permissions";
import { Loader } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../../session/session-query.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { CustomerDataActions } from "../customer-data/customer-data-actions.tsx";
import { conversationsQuery, customerQuery, deedsOn } from "../requests.ts";
import { TranscriptMenu } from "../transcript-menu.tsx";
import type { ChatFacts } from "../use-chat-facts.ts";
import { useCustomerName } from "../use-customer-name.ts";
import { ContactSection } from "./contact-section.tsx";
import { Facts } from "./facts.tsx";
import { MergeSection } from "./merge-section.tsx";
import { NameSection } from "./name-section.tsx";
import { NoteSection } from "./note-section.tsx";
import { PastSection } from "./past-section.tsx";
import { Section } from "./section.tsx";
import { TagSection } from "./tag-section.tsx";

/** Who the customer is, what the team wrote down of them, and what was before. */
export function CustomerSections({ facts }: { facts: ChatFacts }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const { id } = facts.customer;
  const name = useCustomerName(facts.customer);
  const { data: session } = useQuery(sessionQuery);
  const customer = useQuery(customerQuery(id));
  const past = useInfiniteQuery(conversationsQuery(id));
  const deeds = useMemo(() => deedsOn(id), [id]);
  const details = customer.data;
  const chats = past.data?.pages.flatMap(({ conversations }) => conversations) ?? [];
  /** Nothing is shown below what is still to come: it would be pushed from under the pointer. */
  const isPending = customer.isPending || past.isPending;
  const userAgent = chats.find((chat) => chat.id === facts.id)?.userAgent ?? null;
  return (
    <>
      <NameSection facts={facts} details={details} deeds={deeds} />
      {isPending && <Loader size="sm" mx="auto" display="block" aria-label={t("loading")} />}
      {customer.isError && details === undefined && (
        <FailureAlert sentence={sentenceOf(customer.error)} onRetry={() => void customer.refetch()} />
      )}
      {details !== undefined && !isPending && (
        <>
          <TagSection details={details} deeds={deeds} />
          <ContactSection details={details} deeds={deeds} />
          <NoteSection details={details} deeds={deeds} />
        </>
      )}
      {!isPending && (
        <Section title={t("panel.chat")}>
          <Facts facts={facts} language={details?.language ?? null} userAgent={userAgent} />
          <TranscriptMenu conversationId={facts.id} />
        </Section>
      )}
      {details !== undefined && !isPending && (
        <>
          <PastSection query={past} chats={chats.filter((chat) => chat.id !== facts.id)} facts={facts} />
          <MergeSection details={details} deeds={deeds} />
          {holds(session?.user, "customers.export") && (
            <Section title={t("customerData.section")}>
              <CustomerDataActions customer={{ id: details.id, name, reference: details.reference }} />
            </Section>
          )}
        </>
      )}
    </>
  );
}
