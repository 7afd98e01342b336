import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/browser";

/** The browser used no passkey: its reader went back, took too long, or there is none that fits. */
export class NoPasskeyUsed extends Error {
  override readonly name = "NoPasskeyUsed";
}

/** Whether this browser, at this address, can use passkeys at all. */
export const passkeysWork = () => window.isSecureContext && "PublicKeyCredential" in window;

/** What the server's half of the same library has made for the browser's half. */
export type PasskeyOptions = { challenge: string };

/** Lets the reader prove themselves by a passkey. Throws NoPasskeyUsed. */
export async function askPasskey(options: PasskeyOptions): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  return used(startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }));
}

/** Lets the reader make a new one. Throws NoPasskeyUsed. */
export async function makePasskey(options: PasskeyOptions): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  return used(startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }));
}

async function used<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch {
    throw new NoPasskeyUsed();
  }
}
