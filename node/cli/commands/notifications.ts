import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { oneLine, print, shorten, table, timeText } from '../print.ts';

const notificationSchema = z.looseObject({
  id: z.string(),
  direction: z.string(),
  at: z.iso.datetime(),
  pattern: z.string().optional(),
  state: z.string(),
  reason: z.string(),
  party: z.looseObject({ id: z.string(), name: z.string().optional() }).optional(),
  records: z.array(z.string()),
  about: z.string().optional(),
  summary: z.string().optional(),
  note: z.string().optional(),
  complaint: z.string().optional(),
  delivery: z
    .looseObject({ attempts: z.number(), error: z.looseObject({ message: z.string() }).optional() })
    .optional(),
});
type Notification = z.output<typeof notificationSchema>;
const listSchema = z.looseObject({ notifications: z.array(notificationSchema), next: z.string().optional() });
const wholeSchema = z.looseObject({
  notification: notificationSchema,
  payload: z.unknown(),
  conversation: z
    .looseObject({
      state: z.string(),
      moves: z.array(z.looseObject({ pattern: z.string(), by: z.string(), at: z.iso.datetime() })),
    })
    .optional(),
});

const ABOUT_WIDTH = 60;
const PAGE = 500;
const ID_HELP = 'id of the notification (see "ngr notifications")';

/** What came by the inbox and what goes out: a list, and a subcommand for each thing that can be done with one. */
export function notificationsCommand(context: CommandContext): Command {
  const lists = ['waiting', 'received', 'sent', 'failed', 'all'];
  const command = aCommand('notifications', {
    description:
      'Lists the notifications of reviews, endorsements, requests and relationships: those that wait for you, or others.',
    options: [new Option('--list <NAME>', 'which ones').choices(lists).default('waiting')],
    examples: [
      ['ngr notifications', 'what waits for a decision'],
      ['ngr notifications accept b5y7…', 'shows a review on its record, or says yes to a request'],
      ['ngr notifications --list failed', 'what could not be delivered'],
    ],
  }).action((options: CommonOptions & { list: string }) =>
    withNode(context, options, async (client) => {
      const found = await listed(client, options.list);
      const heading = ['Id', 'When', 'What', 'From or to', 'State', 'About'];
      const lines = table(heading, found.map(row));
      const none = options.list === 'waiting' ? 'Nothing waits for you.' : 'There are none.';
      print(context, options, { notifications: found }, found.length === 0 ? [none] : lines);
    }),
  );
  command.enablePositionalOptions();
  for (const create of [show, accept, reject, send, undo, resend]) command.addCommand(create(context));
  return command;
}

async function listed(client: NodeClient, list: string): Promise<Notification[]> {
  const path = `/api/notifications?list=${list}&limit=${PAGE}`;
  const found: Notification[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page: z.output<typeof listSchema> = await client.get(next, listSchema);
    found.push(...page.notifications);
    next = page.next === undefined ? undefined : `${path}&before=${page.next}`;
  }
  return found;
}

function row({ id, at, pattern, direction, party, state, about }: Notification): string[] {
  const arrow = direction === 'sent' ? '→' : '←';
  const who = party === undefined ? '?' : (party.name ?? party.id);
  const what = pattern ?? 'other';
  return [
    id,
    timeText(Date.parse(at)),
    what,
    `${arrow} ${shorten(who, 40)}`,
    state,
    shorten(about ?? '', ABOUT_WIDTH),
  ];
}

function show(context: CommandContext): Command {
  return aCommand('show', {
    description: 'Shows one notification: why it stands as it does, what it says, and its conversation.',
    examples: [['ngr notifications show b5y7…', 'all that is known of it']],
  })
    .argument('<id>', ID_HELP)
    .action((id: string, options: CommonOptions) =>
      withNode(context, options, async (client) => {
        const whole = await client.get(`/api/notifications/${encodeURIComponent(id)}`, wholeSchema);
        const { notification, payload, conversation } = whole;
        const moves = conversation?.moves ?? [];
        print(context, options, whole, [
          ...outcome(notification),
          ...moves.map(({ at, by, pattern }) => `  ${timeText(Date.parse(at))}  ${pattern} (by the ${by})`),
          ...JSON.stringify(payload, undefined, 2).split('\n').map(oneLineKeepingIndent),
        ]);
      }),
    );
}

function accept(context: CommandContext): Command {
  return aCommand('accept', {
    description:
      'Accepts a notification: what it announces is shown on the record, a request is answered with yes.',
    options: [
      new Option('--tentatively', 'for a request: a final answer is still to come'),
      new Option('--record <RECORD>', 'the record it is about, where it does not name one that is held here'),
      new Option('--note <TEXT>', 'a remark, which goes along with an answer'),
    ],
    examples: [
      ['ngr notifications accept b5y7…', 'yes'],
      ['ngr notifications accept b5y7… --tentatively', 'probably'],
    ],
  })
    .argument('<id>', ID_HELP)
    .action((id: string, { tentatively, record, note, ...options }: DecisionOptions) =>
      decide(context, options, id, 'accept', {
        ...(tentatively && { tentatively }),
        ...(record !== undefined && { record }),
        ...(note !== undefined && { note }),
      }),
    );
}

function reject(context: CommandContext): Command {
  return aCommand('reject', {
    description:
      'Turns a notification down, also one that was accepted before: nothing of it is shown, and its sender is told why.',
    options: [
      new Option('--reason <TEXT>', 'why, for the sender to read').makeOptionMandatory(),
      new Option('--tentatively', 'for a request: not now, but perhaps later'),
    ],
    examples: [['ngr notifications reject b5y7… --reason "Not about our article"', 'no']],
  })
    .argument('<id>', ID_HELP)
    .action((id: string, { tentatively, reason, ...options }: DecisionOptions & { reason: string }) =>
      decide(context, options, id, 'reject', { note: reason, ...(tentatively && { tentatively }) }),
    );
}

function send(context: CommandContext): Command {
  const patterns = ['request-review', 'request-endorsement', 'announce-relationship'];
  return aCommand('send', {
    description:
      "Asks a service to review or endorse one of the node's records, or announces a relationship of it.",
    options: [
      new Option('--to <SERVICE>', 'name or id of a service in the configuration'),
      new Option('--relationship <IRI>', 'for a relationship: how the record stands to the object'),
      new Option('--object <URL>', 'for a relationship: the page of the other item'),
    ],
    examples: [
      [
        'ngr notifications send request-review oai:eprints.wyreford.example:1117 --to Reviews',
        'asks for a review',
      ],
      [
        'ngr notifications send announce-relationship oai:eprints.wyreford.example:1117 --relationship http://purl.org/vocab/frbr/core#supplement --object https://data.example/7',
        'tells the repository of a dataset',
      ],
    ],
  })
    .argument('<pattern>', patterns.join(', '))
    .argument('<record>', "one of the node's own records: its key, its address, or its OAI identifier")
    .action(
      (
        pattern: string,
        record: string,
        { to, relationship, object, ...options }: CommonOptions & SendOptions,
      ) =>
        withNode(context, options, async (client) => {
          const request = {
            pattern,
            record,
            ...(to !== undefined && { service: to }),
            ...(relationship !== undefined && { relationship }),
            ...(object !== undefined && { object }),
          };
          const sent = await client.post('/api/notifications', request, notificationSchema);
          print(context, options, sent, outcome(sent));
        }),
    );
}

function undo(context: CommandContext): Command {
  return aCommand('undo', {
    description: 'Takes back a request or an announcement that was sent.',
    options: [new Option('--note <TEXT>', 'why, for the receiver to read')],
    examples: [['ngr notifications undo b5y7…', 'the request stands no longer']],
  })
    .argument('<id>', ID_HELP)
    .action((id: string, { note, ...options }: DecisionOptions) =>
      decide(context, options, id, 'undo', { ...(note !== undefined && { note }) }),
    );
}

function resend(context: CommandContext): Command {
  return aCommand('resend', {
    description: 'Sends again what was given up.',
    examples: [['ngr notifications resend b5y7…', 'tries anew, for days']],
  })
    .argument('<id>', ID_HELP)
    .action((id: string, options: CommonOptions) => decide(context, options, id, 'resend', {}));
}

type DecisionOptions = CommonOptions & { tentatively?: true; record?: string; note?: string };
interface SendOptions {
  to?: string;
  relationship?: string;
  object?: string;
}

function decide(
  context: CommandContext,
  options: CommonOptions,
  id: string,
  what: 'accept' | 'reject' | 'undo' | 'resend',
  body: object,
): Promise<void> {
  return withNode(context, options, async (client) => {
    const path = `/api/notifications/${encodeURIComponent(id)}/${what}`;
    const after = await client.post(path, body, notificationSchema);
    print(context, options, after, outcome(after));
  });
}

/** How it stands with a notification, in a few lines. */
function outcome({
  id,
  state,
  reason,
  party,
  pattern,
  summary,
  note,
  complaint,
  delivery,
}: Notification): string[] {
  const who = party === undefined ? '' : `, ${party.name ?? party.id}`;
  const remarks: readonly (readonly [string, string | undefined])[] = [
    ['It says', summary],
    ['You said', note],
    ['The receiver could not process it', complaint],
    [`After ${delivery?.attempts ?? 0} attempts`, delivery?.error?.message],
  ];
  return [
    oneLine(`${id} (${pattern ?? 'other'}${who}) is ${state}. ${reason}`),
    ...remarks.flatMap(([label, text]) => (text === undefined ? [] : [oneLine(`${label}: ${text}`)])),
  ];
}

/** What comes from others may not move the cursor, but JSON keeps its shape. */
function oneLineKeepingIndent(line: string): string {
  const indent = line.length - line.trimStart().length;
  return ' '.repeat(indent) + oneLine(line);
}
