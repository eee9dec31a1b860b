import { expect } from 'chai';
import { readXml } from '../../../vocab/xml/index.ts';
import type { Answer } from './asking.ts';
import type { Form } from './route.ts';

/** What holds of any answer to anything: it is the client's fault or nobody's, and it is told in the form for that. */
export function expectCivil(answer: Answer, form: Form, about: string): void {
  expect(answer.status, about).to.be.within(200, 499);
  if (answer.status >= 400) expectTold(answer, form, about);
  expect(answer.text, about).not.to.contain(process.cwd());
  expect(answer.text, about).not.to.match(/node_modules|\n\s+at .+:\d+:\d+/);
}

/** An error with one of the statuses, told in the route's form. */
export function expectRefused(
  answer: Answer,
  statuses: readonly number[],
  { form, about }: { form: Form; about: string },
): void {
  expect(statuses, `${about}: ${answer.status} ${answer.text.slice(0, 300)}`).to.include(answer.status);
  expectTold(answer, form, about);
}

function expectTold(answer: Answer, form: Form, about: string): void {
  const type = answer.headers['content-type'] ?? '';
  if (form === 'text' && type.startsWith('text/plain')) {
    expect(answer.text.trim(), about).not.to.equal('');
    return;
  }
  expect(type, `${about}: ${answer.status}`).to.equal('application/problem+json');
  const problem = JSON.parse(answer.text) as Record<string, unknown>;
  expect(problem['status'], about).to.equal(answer.status);
  expect(problem['type'], about).to.match(/^urn:ngr:problem:[a-z0-9-]+$/);
  for (const member of ['title', 'code']) expect(problem[member], `${about}: ${member}`).to.be.a('string');
  expect(answer.headers['etag'], about).to.equal(undefined);
}

/** An answer of OAI-PMH that is one of its errors (section 3.6). */
export function expectOaiError(answer: Answer, conditions: readonly string[], about: string): void {
  expect(answer.status, about).to.equal(200);
  expect(answer.headers['content-type'], about).to.equal('text/xml; charset=utf-8');
  const codes = readXml(answer.text)
    .childrenNamed('error')
    .map((error) => error.attributes['code']);
  expect(codes, `${about}: ${answer.text.slice(0, 500)}`).not.to.have.length(0);
  for (const code of codes) expect(conditions, about).to.include(code);
}
