import type { StoragePort } from "@grata/client/storage";
import { createHeard, type Heard } from "@grata/client/browser/voice/heard";
import { createVoicePlayer, type VoicePlayer } from "@grata/client/browser/voice/player";

/** What plays one visitor's voice messages, and what they have heard. */
export type Ears = { player: VoicePlayer; heard: Heard };

/** `load` fetches the sound at an address, with whatever proves who asks. */
export function createEars(
  storage: StoragePort,
  scope: string,
  load: (address: string) => Promise<string>,
): Ears {
  const heard = createHeard(storage, `${scope}.heard`);
  return { heard, player: createVoicePlayer({ load, heard, sound: new Audio() }) };
}
