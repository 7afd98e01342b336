import type { CustomerDetails } from "@grata/contract/customers";
import { fieldTextLimit } from "@grata/contract/limits";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import type { Deeds } from "../requests.ts";
import { EditableLine } from "./editable-line.tsx";
import { Section } from "./section.tsx";

/** How to reach the customer, and whatever else the organisation wants to know of them. */
export function ContactSection({ details, deeds }: { details: CustomerDetails; deeds: Deeds }) {
  const { t } = useTranslation();
  const { ownEmail, teamEmail } = details;
  const email = teamEmail ?? ownEmail;
  return (
    <Section title={t("panel.about")}>
      <EditableLine
        label={t("fields.email")}
        type="email"
        value={teamEmail}
        {...(email !== null && { shown: <bdi style={{ overflowWrap: "anywhere" }}>{plainLine(email)}</bdi> })}
        suggestion={ownEmail ?? ""}
        maxLength={254}
        onSave={(change) => deeds.change({ email: change })}
      />
      {ownEmail !== null && teamEmail !== null && (
        <Text size="xs" c="dimmed">
          {t("panel.ownEmail")} <bdi>{plainLine(ownEmail)}</bdi>
        </Text>
      )}
      <EditableLine
        label={t("panel.phone")}
        type="tel"
        value={details.phone}
        maxLength={40}
        onSave={(change) => deeds.change({ phone: change })}
      />
      {details.fields.map(({ id, name, kind, choices, value }) => (
        <EditableLine
          key={id}
          label={name}
          value={value}
          type={kind === "date" ? "date" : "text"}
          maxLength={fieldTextLimit}
          {...(kind === "number" && { inputMode: "decimal" })}
          {...(kind === "choice" && { choices: offered(choices, value) })}
          onSave={(change) => deeds.fill(id, change)}
        />
      ))}
    </Section>
  );
}

/** The choices, with the one that stands there even if it can no longer be chosen. */
function offered(choices: readonly string[], value: string | null): readonly string[] {
  return value === null || choices.includes(value) ? choices : [value, ...choices];
}
