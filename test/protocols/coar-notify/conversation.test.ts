import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  afterMove,
  PATTERNS,
  possibleMoves,
  type ConversationState,
  type PatternName,
  type Side,
} from '../../../protocols/coar-notify/index.ts';

const sides: readonly Side[] = ['offerer', 'offered'];

/** Where a conversation stands after some moves; undefined from the first that cannot be made. */
function after(...moves: readonly PatternName[]): ConversationState | undefined {
  let state: ConversationState | undefined = 'offered';
  for (const move of moves) {
    state = state && afterMove(state, move, move === 'undo-offer' ? 'offerer' : 'offered');
  }
  return state;
}

describe('the conversation about an Offer', () => {
  const told: readonly (readonly [moves: readonly PatternName[], state: ConversationState | undefined])[] = [
    [[], 'offered'],
    [['accept'], 'accepted'],
    [['tentative-accept', 'accept', 'announce-review'], 'announced'],
    [['tentative-accept', 'reject'], 'rejected'],
    [['tentative-reject', 'tentative-accept'], 'tentatively-accepted'],
    [['accept', 'reject'], 'rejected'],
    [['announce-endorsement'], 'announced'],
    [['accept', 'announce-review', 'announce-endorsement'], 'announced'],
    [['accept', 'undo-offer'], 'undone'],
    [['unprocessable'], 'unprocessable'],
    // What cannot be.
    [['reject', 'accept'], undefined],
    [['reject', 'announce-review'], undefined],
    [['reject', 'undo-offer'], undefined],
    [['accept', 'accept'], undefined],
    [['accept', 'tentative-accept'], undefined],
    [['announce-review', 'undo-offer'], undefined],
    [['announce-review', 'accept'], undefined],
    [['undo-offer', 'accept'], undefined],
    [['undo-offer', 'undo-offer'], undefined],
    [['unprocessable', 'accept'], undefined],
    [['request-review'], undefined],
  ];
  for (const [moves, state] of told) {
    it(`${moves.join(', ') || 'begins'}: ${state ?? 'not possible'}`, () => {
      expect(after(...moves)).to.equal(state);
    });
  }

  it('is answered by who was asked, and taken back by who asked', () => {
    for (const pattern of PATTERNS) {
      const by = sides.filter((side) => afterMove('offered', pattern, side) !== undefined);
      if (pattern === 'undo-offer') expect(by).to.deep.equal(['offerer']);
      else expect(by.filter((side) => side === 'offerer')).to.deep.equal([]);
    }
  });

  it('has an end whatever is said: then nothing more is possible, for either side', () => {
    const ends: readonly ConversationState[] = ['rejected', 'undone', 'unprocessable'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...PATTERNS), fc.constantFrom(...sides)), { maxLength: 30 }),
        (said) => {
          let state: ConversationState = 'offered';
          for (const [pattern, by] of said) {
            const next = afterMove(state, pattern, by);
            expect(possibleMoves(state, by).includes(pattern)).to.equal(next !== undefined);
            if (ends.includes(state)) expect(next).to.equal(undefined);
            state = next ?? state;
          }
        },
      ),
      { seed: 4 },
    );
  });
});
