import { NgrError } from '../../../vocab/errors.ts';

/** Why something is not counted. It never carries an address or a user agent. */
export class UsageError extends NgrError {}

const refusals = {
  USAGE_BAD_TIME: {
    message: 'An event is to come, or of a time before there was a web.',
    remedy: 'Check the clock of the server that sent it, and the time zone of its log.',
  },
  USAGE_BAD_ADDRESS: {
    message: 'An event is of an address that is none.',
    remedy:
      'Have the repository send the IP address of the user; behind a proxy, have the proxy pass it on (X-Forwarded-For).',
  },
  USAGE_UNKNOWN_ITEM: {
    message: 'An event is on an item that is not held here.',
    remedy: 'Harvest the repository, so that the item is known; then send the event again.',
  },
  USAGE_NOT_OWN: {
    message: "An event is on another node's item; that node counts its usage.",
    remedy: 'Send the event to the node of the repository in which the item lies.',
  },
  USAGE_WITHDRAWN_ITEM: {
    message: 'An event is on an item that has been withdrawn; it is not counted.',
    remedy: 'Nothing, unless the item should be visible again: then reinstate it.',
  },
  USAGE_DAY_CLOSED: {
    message: 'An event is of a day whose counts are closed.',
    remedy:
      'Send events within the window ("usage.windowDays"), or give the whole day anew, with all its events ("ngr usage import FILE... --restate DAY").',
  },
  USAGE_OTHER_DAY: {
    message: 'An event is of another day than those that are given anew.',
    remedy: 'Name all the days of which there are events, or leave those of other days out.',
  },
  USAGE_FLOOD: {
    message: 'More events of one user on one day than are kept.',
    remedy: 'Find out what machine that is, and keep it from the repository.',
  },
} as const satisfies Record<string, { message: string; remedy: string }>;

export type RefusalCode = keyof typeof refusals;

/** Why an event was refused, as an error. */
export function refusal(code: string): UsageError {
  const { message, remedy } = isRefusalCode(code) ? refusals[code] : refusals.USAGE_BAD_TIME;
  return new UsageError(code, message, { remedy });
}

function isRefusalCode(code: string): code is RefusalCode {
  return code in refusals;
}
