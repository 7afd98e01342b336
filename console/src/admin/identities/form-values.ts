import type { AgentIdentity, IdentityInput } from "@grata/contract/agent-identities";
import { type Language, languages } from "@grata/contract/languages";
import type { IdentityWorld, ShownName } from "@grata/contract/shown-as";

/** Form of an identity as it is typed, for both worlds. */
export interface IdentityValues {
  world: IdentityWorld;
  /** Null: shared. */
  owner: { id: string; name: string } | null;
  names: Record<Language, { name: string; line: string }>;
  /** On WeChat. */
  name: string;
}

const empty = { name: "", line: "" };

/** Fills the form with an identity as it is stored, or leaves it empty for a new one. */
export function valuesOf(identity: AgentIdentity | null): IdentityValues {
  const known = (language: Language) => {
    const { name = "", line = "" } = identity?.names.find((one) => one.language === language) ?? empty;
    return { name, line };
  };
  return {
    world: identity?.world ?? "webchat",
    owner: identity?.owner ?? null,
    names: { en: known("en"), "zh-Hans": known("zh-Hans"), "zh-Hant": known("zh-Hant") },
    name: identity?.world === "wechat" ? (identity.names[0]?.name ?? "") : "",
  };
}

/** Turns the form into a request. A language in which nothing was typed is left out. */
export function bodyOf({ world, owner, names, name }: IdentityValues): IdentityInput {
  const ownerId = owner?.id ?? null;
  if (world === "wechat") return { world, ownerId, name };
  const written = languages.filter((language) => isWritten(names[language]));
  return {
    world,
    ownerId,
    names: Object.fromEntries(written.map((language) => [language, names[language]])),
  };
}

/** The names as customers will see them. */
export function namesIn({ world, names, name }: IdentityValues): ShownName[] {
  if (world === "wechat") return [{ name }];
  return languages
    .filter((language) => isWritten(names[language]))
    .map((language) => ({ language, ...names[language] }));
}

const isWritten = ({ name, line }: { name: string; line: string }) =>
  name.trim() !== "" || line.trim() !== "";
