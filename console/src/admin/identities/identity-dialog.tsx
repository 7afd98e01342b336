import type { AgentIdentity } from "@grata/contract/agent-identities";
import type { IdentityWorld } from "@grata/contract/shown-as";
import { Button, Group, Input, NativeSelect, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors, focusFirstWrong } from "../../session/field-errors.ts";
import { notify } from "../../ui/notices/notices.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { findUsers } from "../team/requests.ts";
import { AvatarField } from "./avatar-field.tsx";
import { avatarAddress } from "./face.tsx";
import { bodyOf, namesIn, valuesOf } from "./form-values.ts";
import { NamesFields } from "./names-fields.tsx";
import { Preview } from "./preview.tsx";
import { RemoteSelect } from "./remote-select.tsx";
import { saveAvatar, saveIdentity } from "./requests.ts";

interface IdentityDialogProps {
  /** Null: a new one. */
  identity: AgentIdentity | null;
  onClose: () => void;
}

const languageFields = ["en", "zh-Hans", "zh-Hant"].flatMap((language) => [
  `names.${language}.name`,
  `names.${language}.line`,
]);

/** Names, face and owner of an identity, with what customers will see. What was typed stays when the server refuses it. */
export function IdentityDialog({ identity, onClose }: IdentityDialogProps) {
  const { t } = useTranslation(["identities", "console", "errors"]);
  const sentenceOf = useSentence();
  const form = useForm({ initialValues: valuesOf(identity) });
  const avatar = useChosenAvatar(identity?.avatar ?? null);
  const saved = useRef(identity);
  const [wrongAvatar, setWrongAvatar] = useState<string | null>(null);
  const saving = useMutation({
    async mutationFn() {
      // Once it is there it is changed: a picture that was refused makes no second one.
      const written = await saveIdentity(saved.current?.id ?? null, bodyOf(form.values));
      saved.current = written;
      if (avatar.file === undefined) return;
      await saveAvatar(written.id, avatar.file).catch((error) => {
        setWrongAvatar(sentenceOf(error));
        throw error;
      });
    },
    onSuccess() {
      notify(t("saved", { name: plainLine(namesIn(form.values)[0]?.name ?? "") }));
      onClose();
    },
    onError(error) {
      form.setErrors(fieldErrors(error));
      focusFirstWrong(["name", ...languageFields], error);
    },
  });
  const { world, owner } = form.values;
  const [first] = namesIn(form.values);
  const isElsewhere = wrongAvatar !== null || Object.keys(fieldErrors(saving.error)).length > 0;
  return (
    <Dialog title={t(identity === null ? "new" : "change")} size="lg" onClose={onClose}>
      <form
        noValidate
        onSubmit={form.onSubmit(() => {
          setWrongAvatar(null);
          saving.mutate();
        })}
      >
        <Stack>
          {saving.isError && !isElsewhere && <FailureAlert sentence={sentenceOf(saving.error)} />}
          {saved.current === null ? (
            <NativeSelect
              label={t("world")}
              description={t(`worldHints.${world}`)}
              value={world}
              data={(["webchat", "wechat"] as const).map((value) => ({ value, label: t(`worlds.${value}`) }))}
              onChange={({ currentTarget: { value } }) => form.setFieldValue("world", value as IdentityWorld)}
            />
          ) : (
            // It stays in its world.
            <Input.Wrapper label={t("world")} description={t(`worldHints.${world}`)} labelElement="div">
              <Text>{t(`worlds.${world}`)}</Text>
            </Input.Wrapper>
          )}
          <NamesFields form={form} />
          <AvatarField
            name={plainLine(first?.name ?? "")}
            picture={avatar.picture}
            error={wrongAvatar}
            onChoose={(file) => {
              setWrongAvatar(null);
              saving.reset();
              avatar.choose(file);
            }}
            onTooLarge={() => setWrongAvatar(t("errors:logo_too_large"))}
          />
          <RemoteSelect
            label={t("owner")}
            description={t("ownerHint")}
            none={t("shared")}
            chosen={owner}
            error={form.errors.ownerId}
            searchKey={["team", "names"]}
            search={findUsers}
            onChoose={(chosen) => form.setFieldValue("owner", chosen)}
          />
          <Preview world={world} names={namesIn(form.values)} picture={avatar.picture} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("console:cancel")}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The picture that is shown while it is not saved yet. Undefined file: as it was. */
function useChosenAvatar(hash: string | null) {
  const [chosen, setChosen] = useState<{ file: File | null; address: string | null } | null>(null);
  useEffect(
    () => () => {
      if (chosen?.address) URL.revokeObjectURL(chosen.address);
    },
    [chosen],
  );
  return {
    file: chosen === null ? undefined : chosen.file,
    picture: chosen === null ? avatarAddress(hash) : chosen.address,
    choose: (file: File | null) =>
      setChosen({ file, address: file === null ? null : URL.createObjectURL(file) }),
  };
}
