import { createDrafts, type Drafts } from "@grata/client/drafts";
import { createForgivingStorage } from "@grata/client/storage";
import { createStore, type Observable } from "@grata/client/store";
import type { Failure } from "@grata/contract/errors";
import { type Chat, createChat } from "../chat/chat.ts";
import type { Introduction } from "../chat/dialogue.ts";
import { createAnonymousVisitor, createIdentifiedVisitor } from "../visitor/visitor.ts";

/** One visitor at this window, with everything that is theirs. */
export type Session = {
  chat: Chat;
  drafts: Drafts;
  scope: string;
  /** Whether they were at this window before. */
  known(): Promise<boolean>;
};

type Place = Parameters<typeof createAnonymousVisitor>[0];

export type Sessions = Observable<Session> & {
  /** Somebody else is there now: a customer by their token, or null for somebody unknown. Nothing is carried over. */
  change(identity: string | null): void;
  /** Forgets everybody who was at this window, and begins with nobody. */
  forget(): void;
};

/**
 * Whose window this is. Each visitor has a scope of their own in the storage, so that no word, sent or unsent, of one
 * is ever seen or sent as another's.
 */
export function createSessions(
  place: Place,
  options: {
    identity: string | null;
    source: () => Promise<Introduction>;
    onIdentified: (failure: Failure | undefined) => void;
    /** Called for each new session, which is to be shown and started as the last one was. */
    onChange: () => void;
  },
): Sessions {
  const { origin, channelId, language, frameStorage } = place;
  const root = `grata.${channelId}`;
  const store = createStore(begin(options.identity));

  function begin(identity: string | null): Session {
    const scope = identity === null ? root : `${root}:${subjectOf(identity)}`;
    const visitor =
      identity === null ? createAnonymousVisitor(place) : createIdentifiedVisitor(place, identity, scope);
    const { storage } = frameStorage;
    const chat = createChat({
      origin,
      channelId,
      language,
      visitor,
      storage,
      scope,
      source: options.source,
      ...(identity !== null && {
        onEntered(failure) {
          options.onIdentified(failure);
          if (failure) {
            change(null);
          }
        },
      }),
    });
    return { chat, drafts: createDrafts(storage, `${scope}.draft.`), scope, known: visitor.known };
  }

  function change(identity: string | null): void {
    store.snapshot().chat.close();
    store.set(begin(identity));
    options.onChange();
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    change,
    forget() {
      store.snapshot().chat.eraseFiles();
      store.snapshot().chat.close();
      createAnonymousVisitor(place).forget();
      const kept = createForgivingStorage(frameStorage.storage);
      for (const key of kept.keys(root)) {
        kept.remove(key);
      }
      store.set(begin(null));
      options.onChange();
    },
  };
}

/** Whom a token names, read without a check: it only keeps one customer's drafts apart from another's. */
function subjectOf(identity: string): string {
  try {
    const [, payload = ""] = identity.split(".");
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    // Without a dot, which ends a scope: no customer's keys may begin as another's.
    return encodeURIComponent(String(Reflect.get(claims as object, "sub"))).replaceAll(".", "%2E");
  } catch {
    return "unreadable";
  }
}
