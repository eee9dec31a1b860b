import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { z } from 'zod';
import { openApiDocument, problemsOf, routeOf, type Operation } from '../../../node/http/openapi/index.ts';

const DOCUMENT = 'https://node.example/api/openapi.json';

/** Holds answers against what is described, and remembers which descriptions were held up by an answer. */
export class Contract {
  /** `GET /api/status 200`: JSON that fitted. */
  readonly met = new Set<string>();
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #checks = new Map<string, readonly ValidateFunction[]>();

  constructor(operations: readonly Operation[]) {
    this.#operations = new Map(operations.map((operation) => [routeOf(operation), operation]));
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(
      openApiDocument(operations, { base: 'https://node.example', version: '1' }),
      DOCUMENT,
    );
  }

  /** An answer that is described: its status, and its JSON or the code of the problem. */
  async hold(route: string, response: Response): Promise<unknown> {
    const { status, headers } = response;
    const text = await response.text();
    const about = `${route} ${status} ${text.slice(0, 300)}`;
    const operation = this.#operations.get(route);
    if (operation === undefined) throw new TypeError(`${route} is not described`);
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (status >= 400) {
      const { code } = JSON.parse(text) as { code: string };
      expect(problemsOf(operation).get(status), about).to.include(code);
      return undefined;
    }
    const answer = operation.answers[status];
    expect(answer, about).to.not.equal(undefined);
    if (answer?.schema === undefined || type !== 'application/json') {
      const types = answer?.types ?? [];
      if (types.length > 0) expect(types, about).to.include(type);
      else expect(text, about).to.equal('');
      this.met.add(`${route} ${status}`);
      return text;
    }
    const told: unknown = JSON.parse(text);
    for (const check of this.#checksOf(operation, status, answer.schema)) {
      expect(check(told), `${about}\n${JSON.stringify(check.errors)}`).to.equal(true);
    }
    this.met.add(`${route} ${status}`);
    return told;
  }

  /** As the document tells it, and once more with no property that is not told. */
  #checksOf(operation: Operation, status: number, schema: z.ZodType): readonly ValidateFunction[] {
    const name = `${routeOf(operation)} ${status}`;
    const known = this.#checks.get(name);
    if (known !== undefined) return known;
    const path = operation.path
      .replaceAll(/:(\w+)/g, '{$1}')
      .replaceAll('~', '~0')
      .replaceAll('/', '~1');
    const place = ['paths', path, operation.method.toLowerCase(), 'responses', status, 'content'];
    const pointer = [...place, 'application~1json', 'schema']
      .map((part) => encodeURIComponent(part))
      .join('/');
    const { $schema: _, ...strict } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
    const checks = [this.#ajv.compile({ $ref: `${DOCUMENT}#/${pointer}` }), this.#ajv.compile(strict)];
    this.#checks.set(name, checks);
    return checks;
  }
}
