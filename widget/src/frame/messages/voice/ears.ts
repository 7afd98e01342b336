import { createHeard, type Heard } from "@grata/client/browser/voice/heard";
import { createVoicePlayer, type VoicePlayer } from "@grata/client/browser/voice/player";
import type { VisitorFiles } from "../../chat/visitor-files.ts";
import { openFrameStorage } from "../../ui/frame-storage.ts";

/** What plays one visitor's voice messages, and what they have heard. */
export type Ears = { player: VoicePlayer; heard: Heard };

const known = new WeakMap<VisitorFiles, Ears>();

/** The ears of whoever these files belong to. An address is the id of a file here. */
export function earsOf(files: VisitorFiles): Ears {
  const ears = known.get(files) ?? open(files);
  known.set(files, ears);
  return ears;
}

function open(files: VisitorFiles): Ears {
  const heard = createHeard(openFrameStorage().storage, `${files.scope}.heard`);
  let address = "";
  const player = createVoicePlayer({
    async load(fileId) {
      const sound = await files.fetch(fileId, "content");
      URL.revokeObjectURL(address);
      address = URL.createObjectURL(sound);
      return address;
    },
    heard,
    sound: new Audio(),
  });
  return { player, heard };
}
