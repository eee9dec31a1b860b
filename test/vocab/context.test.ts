import { expect } from 'chai';
import { contextDocument } from '../../vocab/context.ts';

describe('the context', () => {
  it('has the terms last that have a context of their own, for PyLD’s sake', () => {
    const terms = Object.values(contextDocument['@context']);
    const isScoped = terms.map(
      (term) => typeof term === 'object' && term !== null && Object.hasOwn(term, '@context'),
    );
    expect(isScoped.slice(isScoped.indexOf(true))).not.to.include(false);
    expect(isScoped).to.include(true);
  });
});
