import { createStore, type Observable } from "@grata/client/store";
import { after } from "@grata/client/timers";
import type { ConsoleTest } from "@grata/contract/console-test";
import type { LiveSession } from "../live/live-session.ts";
import { playerOf } from "../messages/voice/voice-player.ts";
import { popUpShown } from "../notifications/attention/pop-ups.ts";
import { localTexts } from "../ui/store/browser-storage.ts";
import {
  admitCustomer,
  forgetCustomer,
  heardByCustomer,
  openCustomerWindow,
  showCustomer,
} from "./customer-window.ts";
import { type Evidence, evidenceIn, nothingYet } from "./evidence.ts";
import { notePassed } from "./passed.ts";
import { endTest, readTest, startTest } from "./requests.ts";
import { activeStep, readTicks, type Step, steps, type Ticks } from "./steps.ts";

/** How often it is asked what the customer's window has seen. */
const LOOK_EVERY = 1_500;

interface RunView {
  ticks: Ticks;
  evidence: Evidence;
  /** The customer's window: `blocked` by the browser, `over` when the test's time is. */
  customer: "none" | "opening" | "open" | "blocked" | "over";
  /** Why a test could not be begun. */
  failure: unknown;
}

/** One user's test of the console: what of it has happened. It ticks by what it sees, and by nothing else. */
export interface Run extends Observable<RunView> {
  /** Shows the customer's window; begins a test if none is going on. To be called within a click. */
  openCustomer(): Promise<void>;
  /** Somebody says that they have heard the sound. */
  hear(): void;
  /** The browser allows pop-ups. */
  permit(): void;
  skip(step: Step): void;
  /** To do a step once more. */
  repeat(step: Step): void;
  restart(): void;
  /** Ends the test's chat and closes the customer's window. What is ticked stays. */
  end(): Promise<void>;
  dispose(): void;
}

export function createRun(live: LiveSession): Run {
  const key = `grata:${live.userId}:console-test`;
  const { heard } = playerOf(live.userId);
  const store = createStore<RunView>({
    ticks: readTicks(localTexts.read(key)),
    evidence: nothingYet,
    customer: "none",
    failure: undefined,
  });
  let channelId: string | undefined;
  let conversationId: string | undefined;
  let opened: Window | null = null;
  /** Entries up to here are of a former try of the same step. */
  let since = 0;
  let head = 0;
  /** A closed chat of a former try of closing one. */
  let closedBefore: string | undefined;
  /** Which test it is: an answer about a former one says nothing of this one. */
  let turn = 0;
  let over = false;
  let cancelLook = () => {};

  function show(part: Partial<RunView>): void {
    if (!over) store.set({ ...store.snapshot(), ...part });
  }

  function keep(ticks: Ticks): void {
    localTexts.write(key, JSON.stringify(ticks));
    show({ ticks });
    if (activeStep(ticks) !== undefined) return;
    if (steps.every((step) => ticks[step] === "done")) notePassed(live.userId, live.now());
    void end();
  }

  function settle(step: Step, tick: "done" | "skipped"): void {
    const { ticks } = store.snapshot();
    // What happened after all counts more than that it was skipped.
    if (!over && ticks[step] !== "done" && ticks[step] !== tick) keep({ ...ticks, [step]: tick });
  }

  function lookAtLists(): void {
    const waiting = live.waiting.snapshot().items.find(({ test }) => test);
    const served = live.current.snapshot().items.find(({ test }) => test);
    conversationId = (served ?? waiting)?.id ?? conversationId;
    if (waiting || served) settle("waitList", "done");
    if (served) settle("claim", "done");
  }

  function lookAtPopUp(): void {
    lookAtLists();
    if (conversationId !== undefined && popUpShown.snapshot()?.about === conversationId)
      settle("popUp", "done");
  }

  /** Asks how the test stands, and goes on asking while there is one. */
  async function look(): Promise<void> {
    cancelLook();
    const asked = turn;
    try {
      const test = await readTest();
      if (asked !== turn) return;
      take(test);
      if (conversationId !== undefined && channelId !== undefined) await lookAtLog(conversationId, channelId);
    } catch {
      // The next look comes soon, and the console says itself that the server is away.
    }
    if (over || asked !== turn) return;
    if (opened?.closed && store.snapshot().customer === "open") show({ customer: "none" });
    if (channelId !== undefined) cancelLook = after(LOOK_EVERY, () => void look());
  }

  let readByCustomer = 0;
  function take(test: ConsoleTest | null): void {
    if (!test) {
      if (channelId !== undefined) show({ customer: "over" });
      channelId = undefined;
      conversationId = undefined;
      return;
    }
    channelId = test.channelId;
    if (!test.conversation) return;
    const { id, status } = test.conversation;
    if (id !== conversationId) since = 0;
    conversationId = id;
    readByCustomer = test.conversation.readByCustomer;
    if (status === "closed" && id !== closedBefore) settle("close", "done");
  }

  async function lookAtLog(id: string, channel: string): Promise<void> {
    const asked = { conversationId: id, after: since, limit: 200 };
    const log = await live.line.request("entries.after", asked);
    if (id !== conversationId) return;
    head = log.head;
    const played = { here: heard.snapshot(), there: heardByCustomer(channel) };
    const evidence = evidenceIn(log.entries, { readByCustomer, ...played });
    show({ evidence });
    if (evidence.arrived && evidence.read) settle("message", "done");
    if (evidence.heardHere && evidence.heardThere) settle("voice", "done");
  }

  async function end(): Promise<void> {
    cancelLook();
    turn += 1;
    opened?.close();
    opened = null;
    const ended = channelId;
    channelId = undefined;
    conversationId = undefined;
    since = 0;
    show({ customer: "none", evidence: nothingYet });
    if (ended === undefined) return;
    forgetCustomer(ended);
    // What cannot be told now is ended by its time.
    await endTest().catch(() => undefined);
  }

  const ends = [
    live.waiting.subscribe(lookAtLists),
    live.current.subscribe(lookAtLists),
    popUpShown.subscribe(lookAtPopUp),
  ];
  // One that was begun before the page was loaded again goes on.
  void look();

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    async openCustomer() {
      opened = openCustomerWindow();
      if (opened === null) return show({ customer: "blocked" });
      show({ customer: "opening", failure: undefined });
      try {
        if (channelId === undefined) {
          turn += 1;
          const { channelId: begun, token } = await startTest();
          admitCustomer(begun, token);
          channelId = begun;
        }
        showCustomer(opened, channelId);
        show({ customer: "open" });
        void look();
      } catch (failure) {
        opened.close();
        show({ customer: "none", failure });
      }
    },
    hear: () => settle("sound", "done"),
    permit: () => settle("permission", "done"),
    skip: (step) => settle(step, "skipped"),
    repeat(step) {
      since = head;
      if (step === "close") closedBefore = conversationId;
      const { [step]: _again, ...ticks } = store.snapshot().ticks;
      show({ evidence: nothingYet });
      keep(ticks);
      lookAtLists();
    },
    restart() {
      keep({});
      void end();
    },
    end,
    dispose() {
      over = true;
      cancelLook();
      for (const stop of ends) stop();
    },
  };
}
