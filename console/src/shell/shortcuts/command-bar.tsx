import type { SignedInUser } from "@grata/contract/http";
import { Modal, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchIcon } from "../../ui/theme/icons.ts";
import styles from "./command-bar.module.css";
import { type Command, findCommands } from "./find-commands.ts";
import { KeyNames } from "./key-names.tsx";
import type { ShortcutName } from "./list.ts";
import { useCommands } from "./use-commands.ts";
import { useFound } from "./use-found.ts";

interface CommandBarProps {
  user: SignedInUser["user"];
  deeds: (name: ShortcutName) => void;
  onSignOut: () => void;
  onClose: () => void;
}

/**
 * One field that leads everywhere: a combobox whose list is always open (WAI-ARIA). The focus stays in the field; the
 * arrow keys choose, Enter goes there.
 */
export function CommandBar({ user, deeds, onSignOut, onClose }: CommandBarProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const known = useCommands({ user, deeds, onSignOut });
  const found = useFound(search);
  const groups = [...findCommands(search, known), ...found];
  const commands = groups.flatMap((one) => one.commands);
  // What was chosen may be gone from the list: somebody else has taken that customer.
  const place = Math.max(
    0,
    commands.findIndex(({ id }) => id === chosen),
  );
  const active = commands[place];
  const optionId = (command: Command) => `${listId}-${command.id}`;

  useEffect(() => {
    if (active) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function run(command: Command): void {
    onClose();
    // When the bar is gone: what is done may take the focus.
    setTimeout(command.run);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const next = stepOf(event.key, place, commands.length);
    if (event.key === "Enter" && active) {
      event.preventDefault();
      run(active);
    } else if (next !== null) {
      event.preventDefault();
      setChosen(commands[next]?.id ?? null);
    }
  }

  return (
    <Modal.Root opened onClose={onClose} size="lg" yOffset="18dvh" returnFocus={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("commands.title")} className={styles.bar}>
        <Modal.Body p={0}>
          <TextInput
            className={styles.field}
            classNames={{ input: styles.input }}
            variant="unstyled"
            size="md"
            leftSection={<SearchIcon size={18} aria-hidden />}
            placeholder={t("commands.placeholder")}
            aria-label={t("commands.label")}
            role="combobox"
            aria-expanded={commands.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active && optionId(active)}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            data-autofocus
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setChosen(null);
            }}
            onKeyDown={onKeyDown}
          />
          <VisuallyHidden role="status">
            {commands.length === 0 ? t("commands.none") : t("commands.count", { count: commands.length })}
          </VisuallyHidden>
          <div ref={list} id={listId} className={styles.list} role="listbox" aria-label={t("commands.title")}>
            {groups.map(({ group, commands: lines }) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options; a fieldset is none.
              <div key={group} role="group" aria-labelledby={`${listId}-${group}`}>
                <div className={styles.group} id={`${listId}-${group}`} role="presentation">
                  {t(`commands.groups.${group}`)}
                </div>
                {lines.map((command) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and takes the keys.
                  <div
                    key={command.id}
                    id={optionId(command)}
                    className={styles.option}
                    role="option"
                    aria-selected={command === active}
                    tabIndex={-1}
                    onPointerMove={() => setChosen(command.id)}
                    // The field keeps the focus.
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => run(command)}
                  >
                    <bdi className={styles.label}>{command.label}</bdi>
                    {command.hint !== undefined && <bdi className={styles.hint}>{command.hint}</bdi>}
                    {command.keyName !== undefined && (
                      <span className={styles.keys}>
                        <KeyNames keyName={command.keyName} />
                      </span>
                    )}
                  </div>
                ))}
              </div>
            ))}
          </div>
          {commands.length === 0 && (
            <Text className={styles.none} c="dimmed">
              {t("commands.none")}
            </Text>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Where this key leads in a list of so many lines, around its ends; null when it leads nowhere. */
function stepOf(key: string, place: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return (place + 1) % count;
    case "ArrowUp":
      return (place - 1 + count) % count;
    case "PageDown":
      return Math.min(place + 8, count - 1);
    case "PageUp":
      return Math.max(place - 8, 0);
    default:
      return null;
  }
}
