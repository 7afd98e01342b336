import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../texts/use-language.ts";
import { browserTimeZone } from "./time-zone.ts";
import { listTimeZones, offsetOf } from "./time-zones.ts";

interface TimeZoneSelectProps extends Pick<NativeSelectProps, "label" | "description" | "error"> {
  value: string | null;
  /** What stands for no zone of one's own; left out where there must be one. */
  otherwise?: string;
  onChoose: (timeZone: string | null) => void;
}

/** All time zones by their names, with what they differ from Greenwich now; this computer's own comes first. */
export function TimeZoneSelect({ value, otherwise, onChoose, ...props }: TimeZoneSelectProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  // There are more than four hundred, and the offset of each takes a format of its own.
  const options = useMemo(
    () =>
      listTimeZones(value)
        .filter((zone) => zone === value || zone !== browserTimeZone)
        .map((zone) => (
          <option key={zone} value={zone}>
            {`${zone.replaceAll("_", " ")} (${offsetOf(zone, language)})`}
          </option>
        )),
    [value, language],
  );
  return (
    <NativeSelect
      {...props}
      value={value ?? ""}
      onChange={(event) => onChoose(event.currentTarget.value === "" ? null : event.currentTarget.value)}
    >
      {otherwise !== undefined && <option value="">{otherwise}</option>}
      {value !== browserTimeZone && (
        <option value={browserTimeZone}>{t("settings.browserZone", { zone: browserTimeZone })}</option>
      )}
      {options}
    </NativeSelect>
  );
}
