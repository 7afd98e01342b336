import { type ErrorCode, errors } from "@grata/contract/errors";

/** An expected "no": what a client is told instead of a result. Anything else that is thrown is a fault of ours. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, ErrorCode> | undefined;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: { fields?: Record<string, ErrorCode>; retryAfter?: number } = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.fields = details.fields;
    this.retryAfter = details.retryAfter ?? (errors[code].retry ? 1 : undefined);
  }

  get status(): number {
    return errors[this.code].status;
  }
}
