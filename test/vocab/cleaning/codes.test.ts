import { expect } from 'chai';
import fc from 'fast-check';
import {
  grantAgreement,
  grantAgreementText,
  languageTag,
  licenceUri,
  remembered,
} from '../../../vocab/cleaning/index.ts';

describe('a language', () => {
  const cases: [written: string, tag: string | undefined][] = [
    ['en', 'en'],
    ['EN', 'en'],
    ['eng', 'en'],
    ['en_US', 'en-US'],
    ['en-us', 'en-US'],
    ['pt_BR', 'pt-BR'],
    ['por', 'pt'],
    ['fre', 'fr'],
    ['fra', 'fr'],
    ['ger', 'de'],
    ['sr-Latn', 'sr-Latn'],
    ['nah', 'nah'],
    ['aym', 'ay'],
    ['English', 'en'],
    ['English (United States)', 'en'],
    ['Inglés', 'en'],
    ['Español', 'es'],
    ['Castellano', 'es'],
    ['Português', 'pt'],
    ['Français', 'fr'],
    ['Deutsch', 'de'],
    ['中文', 'zh'],
    ['mul', 'mul'],
    ['zxx', 'zxx'],
    ['und', undefined],
    ['xx', undefined],
    ['n/a', undefined],
    ['other', undefined],
    ['', undefined],
  ];
  for (const [written, tag] of cases) {
    it(`“${written}” is ${tag ?? 'none'}`, () => expect(languageTag(written)).to.equal(tag));
  }

  it('is BCP 47 or none, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}([-_][A-Za-z0-9]{1,9}){0,4}$/)),
        (text) => {
          const tag = languageTag(text);
          if (tag !== undefined) expect(Intl.getCanonicalLocales(tag)).to.deep.equal([tag]);
        },
      ),
      { seed: 20261121, numRuns: 1000 },
    );
  });
});

describe('a licence', () => {
  const cc = 'https://creativecommons.org/';
  const cases: [written: string, uri: string | undefined][] = [
    ['http://creativecommons.org/licenses/by/4.0', `${cc}licenses/by/4.0/`],
    ['https://creativecommons.org/licenses/by-nc-sa/4.0/deed.es', `${cc}licenses/by-nc-sa/4.0/`],
    ['https://creativecommons.org/licenses/by-nc-nd/3.0/es/', `${cc}licenses/by-nc-nd/3.0/es/`],
    ['https://creativecommons.org/licenses/by/4.0/legalcode', `${cc}licenses/by/4.0/`],
    ['https://creativecommons.org/licenses/by/3.0/igo/', `${cc}licenses/by/3.0/igo/`],
    ['http://creativecommons.org/publicdomain/zero/1.0/', `${cc}publicdomain/zero/1.0/`],
    ['CC BY 4.0', `${cc}licenses/by/4.0/`],
    ['CC-BY-NC-ND 4.0', `${cc}licenses/by-nc-nd/4.0/`],
    ['cc-by', `${cc}licenses/by/`],
    ['CC0', `${cc}publicdomain/zero/1.0/`],
    ['Creative Commons Attribution-NonCommercial 4.0 International', `${cc}licenses/by-nc/4.0/`],
    ['Atribución-NoComercial-SinDerivadas 2.5 Colombia (CC BY-NC-ND 2.5)', `${cc}licenses/by-nc-nd/2.5/`],
    ['Creative Commons: Atribuição-CompartilhaIgual 3.0', `${cc}licenses/by-sa/3.0/`],
    ['MIT', 'https://spdx.org/licenses/MIT'],
    ['https://opensource.org/licenses/MIT', 'https://spdx.org/licenses/MIT'],
    ['https://www.gnu.org/licenses/gpl-3.0.en.html', 'https://spdx.org/licenses/GPL-3.0-only'],
    [
      'http://www.elsevier.com/open-access/userlicense/1.0/',
      'http://www.elsevier.com/open-access/userlicense/1.0/',
    ],
    ['All rights reserved', undefined],
    ['https://rightsstatements.org/vocab/InC/1.0/', undefined],
    ['info:eu-repo/semantics/openAccess', undefined],
    ['Copyright (c) 2015 by the authors', undefined],
    ['', undefined],
  ];
  for (const [written, uri] of cases) {
    it(`“${written}” is ${uri ?? 'none'}`, () => expect(licenceUri(written)).to.equal(uri));
  }

  it('in canonical form stays as it is', () => {
    for (const [, uri] of cases) if (uri !== undefined) expect(licenceUri(uri)).to.equal(uri);
  });

  it('is a URI or none, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `cc by ${text}`),
          fc.webUrl(),
        ),
        (text) => {
          const uri = licenceUri(text);
          if (uri !== undefined) expect(new URL(uri).href).to.equal(uri);
        },
      ),
      { seed: 20261121 },
    );
  });
});

describe('a grant agreement', () => {
  it('names funder and award', () => {
    expect(grantAgreement('info:eu-repo/grantAgreement/EC/FP7/123456/EU//ACRONYM')).to.deep.equal({
      funder: 'European Commission',
      funderId: 'https://doi.org/10.13039/501100000780',
      award: '123456',
    });
    expect(grantAgreement('info:eu-repo/grantAgreement/FCT/PIDDAC/PTDC%2FEIA%2F1234/PT')).to.deep.equal({
      funder: 'Fundação para a Ciência e a Tecnologia',
      funderId: 'https://doi.org/10.13039/501100001871',
      award: 'PTDC/EIA/1234',
    });
    expect(grantAgreement('info:eu-repo/grantAgreement/Nobody//99')).to.deep.equal({
      funder: 'Nobody',
      award: '99',
    });
    expect(grantAgreement('info:eu-repo/grantAgreement/%ZZ//')).to.deep.equal({ funder: '%ZZ' });
    expect(grantAgreement('info:eu-repo/semantics/article')).to.equal(undefined);
  });

  it('is written as it is read', () => {
    const word = fc
      .string({ minLength: 1, unit: 'grapheme-ascii' })
      .filter((text) => text === text.trim() && !/^(?:FP\d|H2020)$/i.test(text));
    fc.assert(
      fc.property(word, word, (funder, award) => {
        const grant = grantAgreement(
          `info:eu-repo/grantAgreement/${encodeURIComponent(funder)}//${encodeURIComponent(award)}`,
        )!;
        expect(grantAgreement(grantAgreementText(grant))).to.deep.equal(grant);
      }),
      { seed: 20261121 },
    );
  });
});

describe('a remembered function', () => {
  it('computes each text once, until too many came between', () => {
    const computed: string[] = [];
    const length = remembered((text) => (computed.push(text), text === '' ? undefined : text.length), 2);
    for (const text of ['a', '', 'a', '', 'bb', 'a']) length(text);
    expect(computed).to.deep.equal(['a', '', 'bb', 'a']);
    expect(length('bb')).to.equal(2);
  });
});
