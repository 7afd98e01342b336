import { Select } from "@mantine/core";
import "@mantine/core/styles/Combobox.layer.css";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";

/** An entry of a list to choose from. */
interface Choice {
  id: string;
  name: string;
}

interface RemoteSelectProps {
  label: string;
  description?: string;
  /** Shown while nothing is chosen. */
  none: string;
  chosen: Choice | null;
  onChoose: (chosen: Choice | null) => void;
  error?: ReactNode;
  /** Tells one search from the others. */
  searchKey: readonly string[];
  /** Asks the server: there may be thousands. */
  search: (text: string) => Promise<readonly Choice[]>;
}

/** A choice of one from a list that the server keeps: what is typed is searched for there. */
export function RemoteSelect({ none, chosen, onChoose, searchKey, search, ...field }: RemoteSelectProps) {
  const { t } = useTranslation("identities");
  const [typed, setTyped] = useState(chosen?.name ?? none);
  const isTyped = typed !== (chosen?.name ?? none);
  const wanted = useDeferredValue(isTyped ? typed.trim() : "");
  const found = useQuery({
    queryKey: [...searchKey, wanted],
    queryFn: () => search(wanted),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const choices = found.data ?? [];
  const missing = chosen !== null && choices.every(({ id }) => id !== chosen.id) ? [chosen] : [];
  const all = [...missing, ...choices];
  return (
    <Select
      {...field}
      searchable
      allowDeselect={false}
      data={[{ value: "", label: none }, ...all.map(({ id, name }) => ({ value: id, label: name }))]}
      // The server has filtered them.
      filter={({ options }) => options}
      value={chosen?.id ?? ""}
      searchValue={typed}
      onSearchChange={setTyped}
      maxDropdownHeight={260}
      nothingFoundMessage={t("notFound")}
      onChange={(value) => onChoose(all.find(({ id }) => id === value) ?? null)}
    />
  );
}
