import { RequestFailed } from "@grata/client/failures";
import type { ErrorCode, Failure } from "@grata/contract/errors";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chat, settle, startLiveSession, userId } from "./testing/live-session.ts";
import { draftsPrefix, outgoingPrefix } from "./user-storage.ts";

const failure = (code: ErrorCode): Failure => ({ code, message: code });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("A8, A9: the end of a session", () => {
  test("is told once, whoever tells of it", async () => {
    const { server, onEnded } = startLiveSession();
    server.tell({ type: "session.ended", reason: "signed_out" });
    server.enter("refused", failure("sign_in_required"));
    expect(onEnded.mock.calls).toEqual([["signed_out"]]);
  });

  test("is noticed when the line is refused for it, and not when it is refused for something else", () => {
    const { server, onEnded } = startLiveSession();
    server.enter("refused", failure("forbidden"));
    expect(onEnded).not.toHaveBeenCalled();
    server.enter("refused", failure("sign_in_required"));
    expect(onEnded).toHaveBeenCalledWith("expired");
  });

  test("H5: is not what a refusal for want of a second factor means: that one is told apart", () => {
    const { server, onEnded, onFactorOwed } = startLiveSession();
    server.enter("refused", failure("second_factor_required"));
    expect(onFactorOwed).toHaveBeenCalledOnce();
    expect(onEnded).not.toHaveBeenCalled();
  });

  test("is noticed by the answer to any request", async () => {
    const { live, server, onEnded } = startLiveSession({
      "conversation.claim": () => {
        throw new RequestFailed(failure("sign_in_required"));
      },
    });
    server.enter("open");
    const claim = expect(live.actions.claim(chat)).rejects.toThrow(RequestFailed);
    await settle();
    await claim;
    expect(onEnded).toHaveBeenCalledWith("expired");
  });
});

describe("A8, A9: signing out", () => {
  test("leaves nothing of this user behind, and another user's words where they are", async () => {
    const { live, server, storage, onEnded } = startLiveSession();
    live.drafts.write(chat, "half a sentence");
    live.outgoing.add(chat, "unsent");
    const other = `${draftsPrefix("somebody-else")}${chat}`;
    storage.setItem(other, "theirs");
    await live.leave(async () => {
      server.tell({ type: "session.ended", reason: "signed_out" });
    });
    expect(Array.from({ length: storage.length }, (_, index) => storage.key(index))).toEqual([other]);
    expect(server.isClosed()).toBe(true);
    expect(onEnded).not.toHaveBeenCalled();
  });

  test("that fails changes nothing", async () => {
    const { live, server, storage, onEnded } = startLiveSession();
    live.outgoing.add(chat, "unsent");
    await expect(live.leave(() => Promise.reject(new Error("no network")))).rejects.toThrow("no network");
    expect(storage.key(0)).toContain(outgoingPrefix(userId));
    expect(server.isClosed()).toBe(false);
    server.tell({ type: "session.ended", reason: "expired" });
    expect(onEnded).toHaveBeenCalledWith("expired");
  });
});
