import type { TeamEntry } from "@grata/contract/entries";
import { expect, test } from "vitest";
import { message } from "../live/testing/samples.ts";
import { evidenceIn } from "./evidence.ts";

const nobodyHeard = { here: new Set<string>(), there: new Set<string>() };
const agent = { kind: "user", name: "Ada", userId: "ada" } as const;
const voice = (seq: number, id: string, part: Partial<TeamEntry> = {}) =>
  message(seq, {
    occurrence: {
      kind: "message",
      text: "",
      file: {
        kind: "voice",
        id,
        name: "voice",
        bytes: 1,
        mediaType: "audio/mpeg",
        milliseconds: 1,
        waveform: [],
      },
    },
    ...part,
  } as Partial<TeamEntry>);

test("C7: a reply counts once the customer's window has shown it, and not when it was sent", () => {
  const log = [message(1), message(3, { author: agent })];
  expect(evidenceIn(log, { ...nobodyHeard, readByCustomer: 2 })).toMatchObject({
    arrived: true,
    read: false,
  });
  expect(evidenceIn(log, { ...nobodyHeard, readByCustomer: 3 })).toMatchObject({ arrived: true, read: true });
  expect(evidenceIn([], { ...nobodyHeard, readByCustomer: 3 })).toMatchObject({
    arrived: false,
    read: false,
  });
});

test("C7: a voice counts once it was played on the other side, and never on one's own", () => {
  const log = [voice(1, "theirs"), voice(2, "ours", { author: agent })];
  const all = new Set(["theirs", "ours"]);
  expect(
    evidenceIn(log, { readByCustomer: 2, here: new Set(["ours"]), there: new Set(["theirs"]) }),
  ).toMatchObject({
    heardHere: false,
    heardThere: false,
  });
  expect(evidenceIn(log, { readByCustomer: 2, here: all, there: all })).toMatchObject({
    heardHere: true,
    heardThere: true,
  });
});
