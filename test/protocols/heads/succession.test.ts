import { expect } from 'chai';
import { Identity } from '../../../node/identity/index.ts';
import {
  lineageFromJson,
  lineageToJson,
  pathBetween,
  SignatureVerifier,
  signSuccession,
  verifySuccession,
  type Lineage,
} from '../../../protocols/heads/index.ts';

const base = 'https://node.example';

describe('the succession of keys', () => {
  const [a, b, c, stranger] = [1, 2, 3, 4].map(() => Identity.generate()) as [
    Identity,
    Identity,
    Identity,
    Identity,
  ];
  const verifier = new SignatureVerifier();
  const step = (from: Identity, to: Identity) => signSuccession({ base, time: 5 }, { from, to });
  const none: Lineage = { successions: [], replaces: [] };
  const path = (lineage: Lineage, from = a, to = c) =>
    pathBetween(lineage, { from: from.node, to: to.node, base }, verifier);

  it('is signed by both keys', async () => {
    const said = step(a, b);
    expect(await verifySuccession(said, verifier)).to.equal(true);
    expect(await verifySuccession({ ...said, base: 'https://other.example' }, verifier)).to.equal(false);
    expect(await verifySuccession({ ...said, to: stranger.node }, verifier)).to.equal(false);
    const { from, to } = said.signatures;
    expect(await verifySuccession({ ...said, signatures: { from: to, to: from } }, verifier)).to.equal(false);
  });

  it('leads over any number of keys, and tells where one was lost', async () => {
    expect(await path({ ...none, successions: [step(a, b), step(b, c)] })).to.equal('signed');
    const lost = { node: a.node, by: b.node, time: 5 };
    expect(await path({ successions: [step(b, c)], replaces: [lost] })).to.equal('replaced');
  });

  it('leads nowhere where a step lacks, is forged, is of another base URL, or goes in a circle', async () => {
    expect(await path(none)).to.equal(undefined);
    expect(await path({ ...none, successions: [step(a, b)] })).to.equal(undefined);
    const forged = { ...step(stranger, b), from: a.node };
    expect(await path({ ...none, successions: [forged, step(b, c)] })).to.equal(undefined);
    const elsewhere = signSuccession({ base: 'https://other.example', time: 5 }, { from: a, to: c });
    expect(await path({ ...none, successions: [elsewhere] })).to.equal(undefined);
    expect(await path({ ...none, successions: [step(a, b), step(b, a)] })).to.equal(undefined);
  });

  it('goes into the node document and out of it, and nothing else does', () => {
    const lineage: Lineage = {
      successions: [step(a, b)],
      replaces: [{ node: c.node, by: a.node, time: 4 }],
    };
    const json = JSON.stringify(lineageToJson(lineage));
    expect(lineageFromJson(JSON.parse(json))).to.deep.equal(lineage);
    expect(lineageFromJson({})).to.deep.equal(none);
    const many = Array.from({ length: 17 }, () => ({ node: 'a', by: 'b', time: 1 }));
    for (const wrong of [{ replaces: many }, { successions: [{ from: 'a' }] }, { replaces: 5 }, null])
      expect(() => lineageFromJson(wrong))
        .to.throw()
        .with.property('code', 'HEADS_BAD_SUCCESSION');
  });
});
