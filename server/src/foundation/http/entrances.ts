/** The public addresses by which browsers reach this installation. */
export type Entrances = {
  /** The one for links that are printed or mailed. Never taken from a Host header. */
  main(): string;
  /** All of them. */
  all(): string[];
  /** Those that a visitor chooses between: none unless the operator named more than one. */
  choice(): string[];
  /** Whether a browser's Origin is one of ours. */
  includes(origin: string): boolean;
  /** Whether a host name, without a port, is one of ours. */
  includesHost(host: string): boolean;
  /** Whether every entrance is https, so that cookies can be tied to it. */
  secureOnly(): boolean;
};

/** With PUBLIC_URL exactly these; without one, this machine's own names at the port that is listened on. */
export function createEntrances(publicUrls: string[] | null, port: () => number): Entrances {
  const named = publicUrls && [...new Set(publicUrls)];
  const list = () => named ?? ["localhost", "127.0.0.1", "[::1]"].map((host) => `http://${host}:${port()}`);
  return {
    main: () => list()[0] ?? "",
    all: list,
    choice: () => (named && named.length > 1 ? named : []),
    includes: (origin) => list().includes(origin),
    includesHost: (host) => list().some((address) => new URL(address).hostname === host),
    secureOnly: () => list().every((address) => address.startsWith("https://")),
  };
}
