/** One end of one conversation, whatever the server's protocol. */
export type Line = {
  /** Sends the text as this line's message `number`. */
  send(number: number, text: string): void;
};

/** What a line tells the load. */
export type LineEvents = {
  /** The server says that this line's message `number` is stored. */
  acknowledged(number: number): void;
  /** A message of the other end arrived. */
  delivered(text: string): void;
  /** The server refused something or the connection broke: both end the run. */
  failed(reason: string): void;
};

/** Both ends of one conversation. A line is opened before anybody listens to it, so the listener comes later. */
export type OpenLine = { line: Line; listen(events: LineEvents): void };
