import { patterns, type PatternName } from './patterns.ts';

/** Where the conversation about an Offer stands. */
export type ConversationState =
  | 'offered'
  | 'tentatively-accepted'
  | 'tentatively-rejected'
  | 'accepted'
  | 'rejected'
  | 'announced'
  | 'undone'
  | 'unprocessable';

/** The two sides: who offers, and who was offered something. */
export type Side = 'offerer' | 'offered';

interface Move {
  by: Side;
  from: readonly ConversationState[];
  to: ConversationState;
}

const undecided: readonly ConversationState[] = ['offered', 'tentatively-accepted', 'tentatively-rejected'];
const open: readonly ConversationState[] = [...undecided, 'accepted'];

/**
 * The moves behind an Offer (COAR Notify 1.0.1, the acknowledgement patterns and Undo Offer). A Reject says that no further
 * action follows, so it ends the conversation; a tentative answer may be followed by any other. What was announced
 * cannot be un-offered, but more can be announced.
 */
const moves: Readonly<Partial<Record<PatternName, Move>>> = {
  'tentative-accept': {
    by: 'offered',
    from: ['offered', 'tentatively-rejected'],
    to: 'tentatively-accepted',
  },
  'tentative-reject': {
    by: 'offered',
    from: ['offered', 'tentatively-accepted'],
    to: 'tentatively-rejected',
  },
  accept: { by: 'offered', from: undecided, to: 'accepted' },
  reject: { by: 'offered', from: open, to: 'rejected' },
  unprocessable: { by: 'offered', from: open, to: 'unprocessable' },
  'undo-offer': { by: 'offerer', from: open, to: 'undone' },
};
const announcing: Move = { by: 'offered', from: [...open, 'announced'], to: 'announced' };

function moveOf(pattern: PatternName): Move | undefined {
  return patterns[pattern].role === 'announcement' ? announcing : moves[pattern];
}

/** Where a move leads; undefined where it cannot be made from there, or not by that side. */
export function afterMove(
  state: ConversationState,
  pattern: PatternName,
  by: Side,
): ConversationState | undefined {
  const move = moveOf(pattern);
  return move !== undefined && move.by === by && move.from.includes(state) ? move.to : undefined;
}

/** The moves that a side has. */
export function possibleMoves(state: ConversationState, by: Side): PatternName[] {
  return (Object.keys(patterns) as PatternName[]).filter(
    (pattern) => afterMove(state, pattern, by) !== undefined,
  );
}
