import { createHeard, type Heard } from "@grata/client/browser/voice/heard";
import { createVoicePlayer, type VoicePlayer } from "@grata/client/browser/voice/player";
import { localPort } from "../../ui/store/browser-storage.ts";

type UserPlayer = { userId: string; player: VoicePlayer; heard: Heard };

let made: UserPlayer | undefined;

/** The one player of this page, with what this user has heard in this browser. */
export function playerOf(userId: string): UserPlayer {
  if (made?.userId !== userId) {
    made?.player.dispose();
    const heard = createHeard(localPort, `grata:${userId}:heard`);
    const player = createVoicePlayer({
      // The session's cookie goes along by itself.
      load: async (address) => address,
      heard,
      sound: new Audio(),
    });
    made = { userId, player, heard };
  }
  return made;
}
