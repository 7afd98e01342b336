import type { FastifyRequest } from "fastify";
import { networkOf } from "./address.ts";
import type { Context } from "./context.ts";

/** Runs a step of a sign-in; its network has to wait ever longer when steps keep failing, whosever they are. */
export async function limitSignIn<T>(
  { limits, addressOf }: Pick<Context, "limits" | "addressOf">,
  request: FastifyRequest,
  step: () => Promise<T>,
): Promise<T> {
  const network = networkOf(addressOf(request.raw));
  await limits.signIn(network);
  await limits.signInPause(network);
  try {
    return await step();
  } catch (error) {
    await limits.signInFailed(network);
    throw error;
  }
}
