import type { LineEvents, OpenLine } from "./line.ts";

/** A message on its way: it is done when its sender knows that it is stored and the other end has it. */
export type Flight = { intendedAt: number; acknowledged: boolean; delivered: boolean };

/** What a run wants to hear of its speakers. */
export type Watcher = {
  delivered(flight: Flight): void;
  done(speaker: Speaker): void;
  /** A promise was broken; the sentence says which. */
  failed(sentence: string): void;
};

const textLength = 104;

/**
 * One end of a pair, as a sender. It numbers its messages and checks on every arrival that the other end gets each
 * once, in order and unchanged in its beginning.
 */
export class Speaker {
  readonly name: string;
  readonly #own: OpenLine;
  readonly #watcher: () => Watcher;
  readonly #flights = new Map<number, Flight>();
  #sent = 0;
  #arrived = 0;

  /** `watcher` is asked anew on each event: it changes from run to run. */
  constructor(name: string, own: OpenLine, watcher: () => Watcher) {
    this.name = name;
    this.#own = own;
    this.#watcher = watcher;
  }

  /** Messages that were sent and are not yet both acknowledged and delivered. */
  get underWay(): number {
    return this.#flights.size;
  }

  get sent(): number {
    return this.#sent;
  }

  send(intendedAt: number): void {
    const number = this.#sent++;
    this.#flights.set(number, { intendedAt, acknowledged: false, delivered: false });
    this.#own.line.send(number, textOf(this.name, number));
  }

  acknowledged(number: number): void {
    const flight = this.#flights.get(number);
    if (!flight || flight.acknowledged) {
      this.#watcher().failed(`A message of ${this.name} was acknowledged twice.`);
      return;
    }
    flight.acknowledged = true;
    this.#finish(number, flight);
  }

  /** The other end of the pair got this text. */
  arrived(text: string): void {
    const number = this.#arrived;
    const flight = this.#flights.get(number);
    if (!flight || text !== textOf(this.name, number)) {
      this.#watcher().failed(
        `Instead of message ${number} of ${this.name} this arrived: ${text.slice(0, 30).trim()} (lost, twice, out of order or in a strange conversation).`,
      );
      return;
    }
    this.#arrived++;
    flight.delivered = true;
    this.#watcher().delivered(flight);
    this.#finish(number, flight);
  }

  #finish(number: number, flight: Flight): void {
    if (!flight.acknowledged || !flight.delivered) return;
    this.#flights.delete(number);
    this.#watcher().done(this);
  }
}

/** The two speakers of a pair, each hearing what the other says. */
export function speakersOf(pair: number, ends: [OpenLine, OpenLine], watcher: () => Watcher): Speaker[] {
  const [first, second] = ends;
  const one = new Speaker(`customer ${pair}`, first, watcher);
  const other = new Speaker(`agent ${pair}`, second, watcher);
  const events = (own: Speaker, partner: Speaker): LineEvents => ({
    acknowledged: (number) => own.acknowledged(number),
    delivered: (text) => partner.arrived(text),
    failed: (reason) => watcher().failed(reason),
  });
  first.listen(events(one, other));
  second.listen(events(other, one));
  return [one, other];
}

/** 104 bytes that nobody else sends. */
function textOf(name: string, number: number): string {
  return `Message ${number} of ${name} `.padEnd(textLength, "-");
}
