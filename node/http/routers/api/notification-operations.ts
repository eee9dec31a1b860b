import { z } from 'zod';
import { NOTIFICATION_STATES, REQUESTS, type ListName } from '../../../notifications/index.ts';
import { operation } from '../../openapi/index.ts';
import { whole } from '../../requests/query.ts';
import { count, key, next, time } from './values.ts';

const LISTS: readonly [ListName, ...ListName[]] = ['all', 'received', 'sent', ...NOTIFICATION_STATES];

const text = (max: number): z.ZodString =>
  z.string('is missing').trim().min(1, 'is empty').max(max, `is longer than ${max} characters`);
const iri = text(2_000).regex(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'is no IRI');
const note = text(1_000);
const tentatively = z
  .boolean('is neither true nor false')
  .describe('For the time being: another answer may follow.')
  .optional();
const record = text(2_000).describe('A record: its key, its address or its OAI identifier.');
const service = text(2_000).describe('A service: its name in the configuration, its id or its page.');

const sending = z.discriminatedUnion('pattern', [
  z.strictObject({ pattern: z.enum(REQUESTS), service, record }),
  z.strictObject({
    pattern: z.literal('announce-relationship'),
    service: service.optional(),
    record,
    relationship: iri,
    object: iri.refine(
      (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
      'is no http or https address',
    ),
  }),
]);

const party = z.object({
  id: z.string(),
  name: z.string().optional(),
  inbox: z.string().optional(),
  page: z.string().optional(),
  service: z.string().optional().describe('Its name in the configuration.'),
});

const notification = z
  .object({
    id: z.string(),
    direction: z.enum(['received', 'sent']),
    at: time,
    iri: z.string().optional().describe('The id that its sender gave it.'),
    pattern: z.string().optional().describe('Of COAR Notify; absent for what is none.'),
    state: z.enum(NOTIFICATION_STATES),
    why: z.string(),
    reason: z.string().describe('The same in words.'),
    party: party.optional(),
    records: z.array(key),
    about: z.string().optional(),
    conversation: z.string().optional(),
    summary: z.string().optional(),
    note: z.string().optional(),
    complaint: z.string().optional(),
    delivery: z
      .object({
        since: time,
        attempts: count,
        next: time.optional(),
        location: z.string().optional(),
        error: z.object({ code: z.string(), message: z.string() }).optional(),
      })
      .optional(),
  })
  .meta({ id: 'Notification' });
export type ToldNotification = Readonly<Omit<z.input<typeof notification>, 'records'>> & {
  readonly records: readonly string[];
};

const conversation = z
  .object({
    offer: z.string(),
    pattern: z.string(),
    side: z.string(),
    state: z.string(),
    party,
    records: z.array(key),
    moves: z.array(z.object({ pattern: z.string(), by: z.string(), notification: z.string(), at: time })),
  })
  .meta({ id: 'Conversation' });
export type ToldConversation = Readonly<Omit<z.input<typeof conversation>, 'records'>> & {
  readonly records: readonly string[];
};

const unknown = { 404: ['NOTIFICATION_UNKNOWN'] } as const;
/** What is said to another side finds no way there. */
const undeliverable = { 422: ['LDN_NO_INBOX', 'OUTBOUND_BAD_URL', 'OUTBOUND_PRIVATE_ADDRESS'] } as const;
const settled = {
  ...unknown,
  409: ['NOTIFICATION_SETTLED', 'NOTIFY_ILLEGAL_MOVE'],
  ...undeliverable,
} as const;

const decided = {
  group: 'notifications',
  right: 'decide',
  parameters: { id: 'The id of the notification here.' },
  answers: { 200: { what: 'As it stands now.', schema: notification } },
} as const;

export const notificationOperations = {
  list: operation({
    method: 'GET',
    path: '/api/notifications',
    group: 'notifications',
    right: 'see',
    summary: 'What came by the inbox and what goes out',
    query: z.strictObject({
      list: z.enum(LISTS, `is none of ${LISTS.join(', ')}`).optional(),
      before: z
        .string()
        .min(1, 'is empty')
        .max(100, 'is too long')
        .describe('`next` of the page before.')
        .optional(),
      limit: whole(1, 500).optional(),
    }),
    goesOnBy: 'before',
    answers: {
      200: {
        what: 'A page of notifications, the latest first, and the services of the configuration.',
        schema: z.object({
          notifications: z.array(notification),
          services: z.array(
            z.object({ name: z.string(), id: z.string(), trust: z.enum(['ask', 'accept', 'refuse']) }),
          ),
          next,
        }),
      },
    },
    problems: unknown,
  }),
  see: operation({
    method: 'GET',
    path: '/api/notifications/:id',
    group: 'notifications',
    right: 'see',
    summary: 'One notification, whole',
    parameters: decided.parameters,
    answers: {
      200: {
        what: 'What is known of it, what it says, and the conversation that it belongs to.',
        schema: z.object({
          notification,
          payload: z.unknown().describe('The notification as it was sent.'),
          conversation: conversation.optional(),
        }),
      },
    },
    problems: unknown,
  }),
  send: operation({
    method: 'POST',
    path: '/api/notifications',
    group: 'notifications',
    right: 'decide',
    summary: 'Ask for a review or an endorsement, or announce a relationship',
    body: sending,
    example: { pattern: 'request-review', service: 'overlay-journal', record: 'oai:repository.example:1' },
    answers: { 201: { what: 'What is sent.', schema: notification } },
    problems: {
      404: ['RECORD_UNKNOWN', 'SERVICE_UNKNOWN'],
      409: ['NOTIFICATION_NO_FILE', 'NOTIFICATION_NO_RECORD', 'NOTIFY_ILLEGAL_MOVE'],
      ...undeliverable,
    },
  }),
  accept: operation({
    method: 'POST',
    path: '/api/notifications/:id/accept',
    ...decided,
    summary: 'Accept what a notification says or asks',
    description: 'A review or an endorsement is shown with its record, a request is answered with yes.',
    body: z.strictObject({
      note: note.optional(),
      tentatively,
      record: record.describe('Which record it is about, where it names none.').optional(),
    }),
    example: {},
    problems: {
      404: ['NOTIFICATION_UNKNOWN', 'RECORD_UNKNOWN'],
      409: ['NOTIFICATION_SETTLED', 'NOTIFICATION_NO_RECORD', 'NOTIFY_ILLEGAL_MOVE'],
      ...undeliverable,
    },
  }),
  reject: operation({
    method: 'POST',
    path: '/api/notifications/:id/reject',
    ...decided,
    summary: 'Turn a notification down',
    body: z.strictObject({ note: note.describe('Why; its sender is told.'), tentatively }),
    example: { note: 'The review is of another article.' },
    problems: settled,
  }),
  undo: operation({
    method: 'POST',
    path: '/api/notifications/:id/undo',
    ...decided,
    summary: 'Take back what was sent',
    body: z.strictObject({ note: note.optional() }),
    example: {},
    problems: settled,
  }),
  resend: operation({
    method: 'POST',
    path: '/api/notifications/:id/resend',
    ...decided,
    summary: 'Send again what was given up',
    body: z.strictObject({}),
    problems: { ...unknown, 409: ['NOTIFICATION_NOT_FAILED'] },
  }),
};
