/** What crosses the wire of the reference server, both ways. */

/** From a client: its message `number`. */
export type Sent = { number: number; text: string };

/** To a client: its message is stored, or the other end's arrived. */
export type Told = { acknowledged: number } | { delivered: string };
