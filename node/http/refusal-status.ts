import type { NgrError } from '../../vocab/errors.ts';

/** By the codes of other parts' errors, where the request itself cannot be done as things stand. */
const statuses: Readonly<Record<string, number>> = {
  ACCOUNT_WRONG_LOGIN: 403,
  ACCOUNT_LOCKED: 429,
  ACCOUNT_BUSY: 503,
  ACCOUNT_INVITATION_GONE: 410,
  ACCOUNT_MAIL: 400,
  ACCOUNT_NAME: 400,
  ACCOUNT_MAIL_TAKEN: 409,
  ACCOUNT_LAST_ADMINISTRATOR: 409,
  ACCOUNT_TOO_MANY: 409,
  ACCOUNT_UNKNOWN: 404,
  FEEDBACK_OF_ITSELF: 400,
  FEEDBACK_FULL: 409,
  FEEDBACK_UNKNOWN: 404,
  HARVEST_UNKNOWN_SOURCE: 404,
  HARVEST_UNKNOWN_RECORD: 409,
  HARVEST_SET_OF_SEVERAL: 400,
  HARVEST_UNKNOWN_SET: 400,
  NOTIFICATION_UNKNOWN: 404,
  NOTIFICATION_SETTLED: 409,
  NOTIFICATION_NO_RECORD: 409,
  NOTIFICATION_NO_FILE: 409,
  NOTIFICATION_NOT_FAILED: 409,
  NOTIFY_ILLEGAL_MOVE: 409,
  SERVICE_UNKNOWN: 404,
  STATEMENT_OF_ITSELF: 400,
  STATEMENT_CONTRADICTS: 409,
  STATEMENT_TOO_MANY: 409,
  STATEMENT_UNKNOWN: 404,
  SUBSCRIPTION_UNKNOWN: 404,
  SUBSCRIPTION_TOO_MANY: 409,
  USAGE_NODE_UNKNOWN: 404,
  LDN_NO_INBOX: 422,
  OUTBOUND_BAD_URL: 422,
  OUTBOUND_PRIVATE_ADDRESS: 422,
};

/** The status of an answer to what another part has refused; undefined where the fault may not be the request's. */
export function refusalStatus({ code }: NgrError): number | undefined {
  return statuses[code];
}
