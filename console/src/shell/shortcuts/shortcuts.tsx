import type { SignedInUser } from "@grata/contract/http";
import { Suspense, useEffect, useEffectEvent } from "react";
import { useSignOut } from "../../account/sign-out/use-sign-out.ts";
import { latePart } from "../../ui/late/late-part.tsx";
import { closeDialog, opened } from "../../ui/parts/opened-dialog.ts";
import { singleKeys } from "../../ui/store/single-keys.ts";
import { useObservable } from "../../ui/store/use-observable.ts";
import { isSingle, shortcutOf } from "./list.ts";
import { isApple, readKey } from "./read-key.ts";
import { useDeeds } from "./use-deeds.ts";
import { isBusy, isComposer, undoes, writes } from "./where.ts";

const CommandBar = latePart(async () => (await import("./command-bar.tsx")).CommandBar, {
  place: "dialog",
  ahead: true,
  close: ({ onClose }) => onClose(),
});
const TeamDialog = latePart(async () => (await import("../../presence/team-dialog.tsx")).TeamDialog, {
  place: "dialog",
  ahead: true,
  close: ({ onClose }) => onClose(),
});
const SignOutDialog = latePart(
  async () => (await import("../../account/sign-out/sign-out-dialog.tsx")).SignOutDialog,
  {
    place: "dialog",
    ahead: true,
    close: ({ signingOut }) => signingOut.stay(),
  },
);
const ShortcutsDialog = latePart(async () => (await import("./shortcuts-dialog.tsx")).ShortcutsDialog, {
  place: "dialog",
  ahead: true,
  close: ({ onClose }) => onClose(),
});

/** Listens to the keyboard on every page, and shows the dialogs that open over any of them. */
export function Shortcuts({ user }: { user: SignedInUser["user"] }) {
  const dialog = useObservable(opened);
  const deeds = useDeeds();
  const signingOut = useSignOut();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const { target } = event;
    if (event.key === "Escape" && isComposer(target)) {
      // To the chat itself, from which Tab leads on.
      document.getElementById("content")?.focus();
      return;
    }
    const key = readKey(event, isApple);
    const name = key === null ? undefined : shortcutOf(key);
    if (key === null || name === undefined) return;
    if (name === "commands" && opened.snapshot() === "commands") {
      event.preventDefault();
      return closeDialog();
    }
    if (isBusy(target)) return;
    if (isSingle(key) && (!singleKeys.snapshot() || writes(target))) return;
    // In other fields Alt and an arrow have a meaning of their own.
    if (key.startsWith("alt+") && writes(target) && !isComposer(target)) return;
    if (name === "undo" && !undoes(target)) return;
    event.preventDefault();
    deeds(name);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listener);
    return () => {
      document.removeEventListener("keydown", listener);
      // Signed out: the next one here begins without it.
      if (opened.snapshot() !== null) closeDialog();
    };
  }, []);
  return (
    <Suspense>
      {dialog === "commands" && (
        <CommandBar user={user} deeds={deeds} onSignOut={signingOut.ask} onClose={closeDialog} />
      )}
      {signingOut.losses !== null && <SignOutDialog losses={signingOut.losses} signingOut={signingOut} />}
      {dialog === "team" && <TeamDialog userId={user.id} onClose={closeDialog} />}
      {dialog === "help" && <ShortcutsDialog onClose={closeDialog} />}
    </Suspense>
  );
}
