/** Who is at this browser, and the token that proves it to the server. */
import { ForeignAnswer, RequestFailed } from "@grata/client/failures";
import { object, string } from "@grata/client/guards";
import { isFailure } from "@grata/client/light/wire";
import { pathOf } from "@grata/client/route-address";
import { createForgivingStorage } from "@grata/client/storage";
import type { Failure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import { createVisitor, identifyVisitor } from "@grata/contract/routes/web-chat";
import type { FrameStorage } from "../ui/frame-storage.ts";
import type { Embedder } from "./embedder.ts";

export type Visitor = {
  /** The token, found or made. Rejects with `RequestFailed` when the server says no, `ForeignAnswer` when something else does. */
  enter(): Promise<string>;
  /** Another token, after the server did not know this one. */
  enterAgain(refused: string): Promise<string>;
  /** Whether they were here before. */
  known(): Promise<boolean>;
  forget(): void;
};

type Place = {
  origin: string;
  channelId: string;
  language: Language;
  frameStorage: FrameStorage;
  embedder: Pick<Embedder, "post" | "hello" | "origin">;
};

const isNewVisitor = object({ token: string });

/** Somebody whom nobody vouches for. Their token lies in the frame's own storage, or in the page if that is blocked. */
export function createAnonymousVisitor(place: Place): Visitor {
  const { embedder, channelId, frameStorage } = place;
  const own = createForgivingStorage(frameStorage.storage);
  const key = `grata.${channelId}.token`;

  function tellPage(token: string | null): void {
    if (!frameStorage.lasting) {
      embedder.post({ type: "token", token });
    }
  }

  async function read(): Promise<string | null> {
    return own.read(key) ?? (frameStorage.lasting ? null : (await embedder.hello()).token);
  }

  async function register(): Promise<string> {
    const token = await ask(place, createVisitor, {});
    own.write(key, token);
    tellPage(token);
    return token;
  }

  function forget(): void {
    own.remove(key);
    tellPage(null);
  }

  return {
    enter: async () => (await read()) ?? register(),
    async enterAgain(refused) {
      const kept = await read();
      // Another tab may have got a new one already.
      if (kept !== null && kept !== refused) {
        return kept;
      }
      forget();
      return register();
    },
    known: async () => (await read()) !== null,
    forget,
  };
}

/** A customer of whom the shop's server says who they are. Asked each time: what it says may have ended. */
export function createIdentifiedVisitor(place: Place, identity: string, scope: string): Visitor {
  const own = createForgivingStorage(place.frameStorage.storage);
  const key = `${scope}.token`;

  async function identify(token: string | null): Promise<string> {
    const given = await ask(place, identifyVisitor, { identity, ...(token !== null && { token }) });
    own.write(key, given);
    return given;
  }

  return {
    enter: () => identify(own.read(key)),
    enterAgain: () => identify(null),
    known: async () => own.read(key) !== null,
    forget: () => own.remove(key),
  };
}

async function ask(
  { origin, channelId, language, embedder }: Place,
  route: typeof createVisitor | typeof identifyVisitor,
  more: object,
): Promise<string> {
  const response = await fetch(origin + pathOf(route, { channelId }), {
    method: route.method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      language,
      ...(embedder.origin !== undefined && { embedder: embedder.origin }),
      ...more,
    }),
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && isNewVisitor(body)) {
    return body.token;
  }
  const failure: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "error") : undefined;
  if (isFailure(failure)) {
    throw new RequestFailed(failure as Failure);
  }
  throw new ForeignAnswer(response.status);
}
