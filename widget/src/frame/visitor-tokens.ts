import { createForgivingStorage } from "@grata/client/storage";
import type { Embedder } from "./embedder.ts";
import type { FrameStorage } from "./frame-storage.ts";

/** Who the visitor is, kept on their side: the secret that shows them their own chat again. */
export type VisitorTokens = {
  read(): Promise<string | null>;
  keep(token: string): void;
  forget(): void;
};

/** Tokens lie in the frame's own storage; where that is blocked, in the shop's page. */
export function createVisitorTokens(
  { storage, lasting }: FrameStorage,
  embedder: Pick<Embedder, "post" | "token">,
  channelId: string,
): VisitorTokens {
  const own = createForgivingStorage(storage);
  const key = `grata.${channelId}.token`;

  function tellPage(token: string | null): void {
    if (!lasting) {
      embedder.post({ source: "grata", type: "token", token });
    }
  }

  return {
    read: async () => own.read(key) ?? (lasting ? null : await embedder.token()),
    keep(token) {
      own.write(key, token);
      tellPage(token);
    },
    forget() {
      own.remove(key);
      tellPage(null);
    },
  };
}
