import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
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
export function askPasskey(options: PasskeyOptions): Promise<AuthenticationResponseJSON> {
  return used(startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }));
}

/** Lets the reader make a new one. Throws NoPasskeyUsed. */
export function makePasskey(options: PasskeyOptions): Promise<RegistrationResponseJSON> {
  return used(startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }));
}

async function used<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch {
    throw new NoPasskeyUsed();
  }
}
