import type { NodeId } from '../../../vocab/record.ts';
import type { Operation, Section } from '../../store/index.ts';
import { nodeKey, nodeRange, numberAtEnd } from './layout.ts';

/** The small numbers, from 1, that stand for node ids in the columns. */
export class NodeNumbers {
  readonly #numbers: Map<NodeId, number>;
  #next: number;

  private constructor(numbers: Map<NodeId, number>, next: number) {
    this.#numbers = numbers;
    this.#next = next;
  }

  static async load(section: Section): Promise<NodeNumbers> {
    const numbers = new Map<NodeId, number>();
    let next = 1;
    for await (const [key, value] of section.iterator(nodeRange)) {
      const number = numberAtEnd(key);
      numbers.set(Buffer.from(value).toString(), number);
      next = number + 1;
    }
    return new NodeNumbers(numbers, next);
  }

  of(node: NodeId): number | undefined {
    return this.#numbers.get(node);
  }

  /** The node's number, a new one where it has none, which goes to `operations`. */
  assign(node: NodeId, operations: Operation[]): number {
    const known = this.#numbers.get(node);
    if (known !== undefined) return known;
    const number = this.#next;
    this.#next += 1;
    this.#numbers.set(node, number);
    operations.push({ type: 'put', key: nodeKey(number), value: Buffer.from(node) });
    return number;
  }
}
