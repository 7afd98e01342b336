import type { SignedInUser } from "@grata/contract/http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { User } from "../../../foundation/access/principal.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { setSessionCookie } from "../../../foundation/http/session-cookie.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import type { EndedSession } from "../end-sessions.ts";
import type { Entered } from "../enter.ts";
import { findSession } from "../session.ts";
import { signOut } from "../sign-out.ts";

/** What every route does that begins or ends sessions, once that is committed. */
export function createDoor({ storage, entrances, endSession }: Context) {
  const door = {
    /** Gives the browser its cookie, ends what the new session replaces, and answers with who is signed in. */
    async letIn(request: FastifyRequest, reply: FastifyReply, entered: Entered): Promise<SignedInUser> {
      // The browser forgets the session that it had: it must not live on (ASVS 7.2.4).
      if (request.signedIn) await door.signOut(request.signedIn.principal);
      door.tellEnded(entered.ended);
      const signedIn = await findSession(storage, entered.token);
      if (!signedIn) throw new Refusal("sign_in_required");
      setSessionCookie(request, reply, entrances, entered.token);
      return signedIn.profile;
    },
    async signOut(principal: User): Promise<void> {
      await signOut(storage, principal);
      endSession(principal.sessionId, "signed_out");
    },
    /** Ends the sockets of sessions that have just ended, each with its reason. */
    tellEnded(ended: EndedSession[]): void {
      for (const { sessionId, reason } of ended) endSession(sessionId, reason);
    },
  };
  return door;
}
