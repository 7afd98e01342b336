import { language, languages } from "@grata/contract/languages";
import { nameLimit } from "@grata/contract/limits";
import { alternativesLimit, fieldTests, type RuleConditions } from "@grata/contract/routing";
import { MultiSelect, NativeSelect, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useWorld } from "./use-world.ts";

interface ConditionFieldsProps {
  when: RuleConditions;
  isValueMissing: boolean;
  onChange: (when: RuleConditions) => void;
}

/** One field for each condition; an empty one asks nothing. */
export function ConditionFields({ when, isValueMissing, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation("routing");
  const { channels, tags } = useWorld();
  const set = <Name extends keyof RuleConditions>(name: Name, value: RuleConditions[Name] | undefined) => {
    const { [name]: _, ...others } = when;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  const chosen = (known: readonly { id: string; name: string }[]) =>
    known.map(({ id, name }) => ({ value: id, label: plainLine(name) }));
  return (
    <>
      <MultiSelect
        label={t("conditions.channels")}
        data={chosen(channels)}
        value={when.channels ?? []}
        onChange={(ids) => set("channels", filled(ids))}
        searchable
      />
      <MultiSelect
        label={t("conditions.languages")}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={when.languages ?? []}
        onChange={(values) => set("languages", filled(values.map((value) => language.parse(value))))}
      />
      {(["pages", "keywords", "menus", "scenes"] as const).map((name) => (
        <TagsInput
          key={name}
          label={t(`conditions.${name}`)}
          description={name === "pages" ? t("conditions.pagesHint") : t("conditions.enterHint")}
          value={when[name] ?? []}
          maxTags={alternativesLimit}
          acceptValueOnBlur
          onChange={(values) => set(name, filled(values))}
        />
      ))}
      <MultiSelect
        label={t("conditions.tags")}
        data={chosen(tags)}
        value={when.tags ?? []}
        onChange={(ids) => set("tags", filled(ids))}
        searchable
      />
      <FieldCondition
        field={when.field}
        isValueMissing={isValueMissing}
        onChange={(field) => set("field", field)}
      />
      <NativeSelect
        label={t("conditions.hours")}
        value={when.hours ?? ""}
        onChange={({ currentTarget: { value } }) =>
          set("hours", value === "open" || value === "closed" ? value : undefined)
        }
      >
        <option value="">{t("conditions.any")}</option>
        <option value="open">{t("conditions.open")}</option>
        <option value="closed">{t("conditions.closed")}</option>
      </NativeSelect>
    </>
  );
}

interface FieldConditionProps {
  field: RuleConditions["field"];
  isValueMissing: boolean;
  onChange: (field: RuleConditions["field"]) => void;
}

/** A custom field of the customer, how it is compared, and with what. */
function FieldCondition({ field, isValueMissing, onChange }: FieldConditionProps) {
  const { t } = useTranslation(["routing", "errors"]);
  const { fields } = useWorld();
  const asksValue = field?.test === "is" || field?.test === "contains";
  return (
    <>
      <NativeSelect
        label={t("conditions.field")}
        value={field?.id ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange(value === "" ? undefined : { id: value, test: field?.test ?? "filled" })
        }
      >
        <option value="">{t("conditions.none")}</option>
        {fields.map(({ id, name }) => (
          <option key={id} value={id}>
            {plainLine(name)}
          </option>
        ))}
      </NativeSelect>
      {field !== undefined && (
        <NativeSelect
          label={t("conditions.fieldTest")}
          value={field.test}
          onChange={({ currentTarget: { value } }) => {
            const test = fieldTests.find((known) => known === value) ?? "filled";
            onChange({ id: field.id, test });
          }}
        >
          {fieldTests.map((test) => (
            <option key={test} value={test}>
              {t(`conditions.tests.${test}`)}
            </option>
          ))}
        </NativeSelect>
      )}
      {field !== undefined && asksValue && (
        <TextInput
          label={t("conditions.fieldValue")}
          value={field.value ?? ""}
          maxLength={nameLimit}
          error={isValueMissing && t("errors:rule_value_missing")}
          onChange={(event) => onChange({ ...field, value: event.currentTarget.value })}
        />
      )}
    </>
  );
}

const filled = <Value,>(values: Value[]): Value[] | undefined => (values.length === 0 ? undefined : values);
