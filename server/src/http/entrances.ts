/** The public addresses by which browsers reach this installation. */
export type Entrances = {
  /** The one for links that are printed or mailed. Never taken from a Host header. */
  main(): string;
  /** All of them. */
  all(): string[];
  /** Whether a browser's Origin is one of ours. */
  includes(origin: string): boolean;
  /** Whether every entrance is https, so that cookies can be tied to it. */
  secureOnly(): boolean;
};

/** With PUBLIC_URL exactly these; without one, this machine's own names at the port that is listened on. */
export function createEntrances(publicUrls: string[] | null, port: () => number): Entrances {
  const list = () =>
    publicUrls ?? ["localhost", "127.0.0.1", "[::1]"].map((host) => `http://${host}:${port()}`);
  return {
    main: () => list()[0] ?? "",
    all: list,
    includes: (origin) => list().includes(origin),
    secureOnly: () => list().every((address) => address.startsWith("https://")),
  };
}
