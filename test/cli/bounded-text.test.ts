import { expect } from 'chai';
import { readBoundedText } from '../../node/cli/bounded-text.ts';
import { CliError } from '../../node/cli/errors.ts';

describe('reading an answer', () => {
  it('keeps characters whole that are cut between two pieces', async () => {
    const bytes = new TextEncoder().encode('Universität');
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readBoundedText(new Response(body), 100)).to.equal('Universität');
    expect(await readBoundedText(new Response(null), 100)).to.equal('');
  });

  it('gives up one without an end, and lets go of its source', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        cancelled = true;
      },
    });
    const error = await readBoundedText(new Response(body), 10_000).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CliError).and.to.have.property('code', 'ANSWER_TOO_LARGE');
    expect(cancelled).to.equal(true);
  });
});
