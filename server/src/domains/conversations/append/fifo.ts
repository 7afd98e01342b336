/** First in, first out, in the same short time however many there are. */
export class Fifo<Value> {
  #first: Link<Value> | undefined;
  #last: Link<Value> | undefined;

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  push(value: Value): void {
    const link: Link<Value> = { value, next: undefined };
    if (this.#last) this.#last.next = link;
    else this.#first = link;
    this.#last = link;
  }

  shift(): Value | undefined {
    const first = this.#first;
    this.#first = first?.next;
    if (!this.#first) this.#last = undefined;
    return first?.value;
  }
}

type Link<Value> = { value: Value; next: Link<Value> | undefined };
