/**
 * Every error that may reach a client, over HTTP and socket alike: a stable code, the HTTP status, and whether the
 * same request may succeed if it is simply sent again later. The sentences stand in `sentences/errors.*.json`.
 */
export const errors = {
  request_invalid: { status: 400, retry: false },
  request_too_large: { status: 413, retry: false },
  request_not_json: { status: 400, retry: false },
  event_unknown: { status: 400, retry: false },
  version_unknown: { status: 400, retry: false },
  route_unknown: { status: 404, retry: false },
  method_not_allowed: { status: 405, retry: false },
  origin_forbidden: { status: 403, retry: false },
  sign_in_required: { status: 401, retry: false },
  forbidden: { status: 403, retry: false },
  credentials_wrong: { status: 401, retry: false },
  too_many_attempts: { status: 429, retry: true },
  email_invalid: { status: 400, retry: false },
  email_taken: { status: 409, retry: false },
  name_empty: { status: 400, retry: false },
  name_too_long: { status: 400, retry: false },
  name_not_text: { status: 400, retry: false },
  password_too_short: { status: 400, retry: false },
  password_too_long: { status: 400, retry: false },
  password_not_text: { status: 400, retry: false },
  password_common: { status: 400, retry: false },
  set_up_link_invalid: { status: 404, retry: false },
  set_up_done: { status: 409, retry: false },
  channel_unknown: { status: 404, retry: false },
  origin_invalid: { status: 400, retry: false },
  colour_invalid: { status: 400, retry: false },
  wording_invalid: { status: 400, retry: false },
  embedding_forbidden: { status: 403, retry: false },
  identity_not_set_up: { status: 409, retry: false },
  identity_invalid: { status: 401, retry: false },
  identity_expired: { status: 401, retry: false },
  conversation_unknown: { status: 404, retry: false },
  conversation_closed: { status: 409, retry: false },
  conversation_claimed: { status: 409, retry: false },
  conversation_not_claimed: { status: 409, retry: false },
  wait_list_empty: { status: 409, retry: false },
  message_empty: { status: 400, retry: false },
  message_too_long: { status: 400, retry: false },
  message_not_text: { status: 400, retry: false },
  too_many_chats: { status: 429, retry: true },
  too_many_requests: { status: 429, retry: true },
  conversation_busy: { status: 503, retry: true },
  unavailable: { status: 503, retry: true },
  internal: { status: 500, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

export type ErrorCode = keyof typeof errors;

export const errorCodes = Object.keys(errors) as ErrorCode[];
