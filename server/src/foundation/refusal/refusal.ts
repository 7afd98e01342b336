import { type ErrorCode, errors } from "@grata/contract/errors";

/** An expected "no": what a client is told instead of a result. Anything else that is thrown is a fault of ours. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, ErrorCode> | undefined;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  /** `cause` is for the log alone: no client is told of it. */
  constructor(
    code: ErrorCode,
    details: { fields?: Record<string, ErrorCode>; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(code, "cause" in details ? { cause: details.cause } : {});
    this.name = "Refusal";
    this.code = code;
    this.fields = details.fields;
    this.retryAfter = details.retryAfter ?? (errors[code].retry ? 1 : undefined);
  }

  get status(): number {
    return errors[this.code].status;
  }
}
