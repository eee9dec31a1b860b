import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import { writeBatch, type Section } from '../../store/index.ts';
import {
  decisionKey,
  decisionRange,
  decodeDecision,
  encodeDecision,
  nodeOfDecisionKey,
  type Decision,
} from './layout.ts';

/** What the operator has said of nodes whose usage was set apart, or should be. */
export class Decisions {
  readonly #section: Section;
  readonly #clock: Clock;

  constructor(options: { section: Section; clock: Clock }) {
    this.#section = options.section;
    this.#clock = options.clock;
  }

  async all(): Promise<Map<NodeId, Decision>> {
    const rows = await this.#section.iterator(decisionRange).all();
    return new Map(rows.map(([key, bytes]) => [nodeOfDecisionKey(key), decodeDecision(bytes)]));
  }

  /** @param upTo the most uses of a month that the operator has seen */
  async note(node: NodeId, word: Decision['word'], upTo: number): Promise<void> {
    const value = encodeDecision({ word, upTo, time: this.#clock.now() });
    await writeBatch(this.#section, [{ type: 'put', key: decisionKey(node), value }], { durable: true });
  }
}
