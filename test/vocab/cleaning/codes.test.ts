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
    ['http://id.loc.gov/vocabulary/iso639-2/spa', 'es'],
    ['http://publications.europa.eu/resource/authority/language/POR', 'pt'],
    ['http://www.lexvo.org/page/iso639-3/quz', 'qu'],
    ['eng-GB', 'en-GB'],
    ['ESP', 'es'],
    ['chi', 'zh'],
    ['dut', 'nl'],
    ['zh-Hans-CN', 'zh-Hans-CN'],
    ['Spanish; Castilian', 'es'],
    ['Espanhol', 'es'],
    ['Espagnol', 'es'],
    ['Spanisch', 'es'],
    ['Spagnolo', 'es'],
    ['Inglese', 'en'],
    ['Anglès', 'en'],
    ['Englisch', 'en'],
    ['Italienisch', 'it'],
    ['alemão', 'de'],
    ['Portugués', 'pt'],
    ['Portuguese (Brazil)', 'pt-BR'],
    ['português brasileiro', 'pt-BR'],
    ['Euskara', 'eu'],
    ['suaíli', 'sw'],
    ['Ukrainian', 'uk'],
    ['Türkçe', 'tr'],
    ['quechua', 'qu'],
    ['Inglés [en]', 'en'],
    ['unknown', undefined],
    ['Otro', undefined],
    ['No aplica', undefined],
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
    ['Atribución-NoComercial-SinDerivadas 2.5 Colombia (CC BY-NC-ND 2.5)', `${cc}licenses/by-nc-nd/2.5/co/`],
    ['Creative Commons: Atribuição-CompartilhaIgual 3.0', `${cc}licenses/by-sa/3.0/`],
    ['MIT', 'https://spdx.org/licenses/MIT'],
    ['https://opensource.org/licenses/MIT', 'https://spdx.org/licenses/MIT'],
    ['https://www.gnu.org/licenses/gpl-3.0.en.html', 'https://spdx.org/licenses/GPL-3.0-only'],
    [
      'http://www.elsevier.com/open-access/userlicense/1.0/',
      'http://www.elsevier.com/open-access/userlicense/1.0/',
    ],
    ['All rights reserved', undefined],
    ['https://creativecommons.org/licences/by/4.0/', `${cc}licenses/by/4.0/`],
    ['https://www.creativecommons.org/licenses/BY-NC/3.0/', `${cc}licenses/by-nc/3.0/`],
    [
      'This work is licensed under http://creativecommons.org/licenses/by-sa/2.5/co/.',
      `${cc}licenses/by-sa/2.5/co/`,
    ],
    ['https://creativecommons.org/licenses/nc-by/4.0/', `${cc}licenses/by-nc/4.0/`],
    ['https://creativecommons.org/licenses/by-nc-nd/1.0/', `${cc}licenses/by-nd-nc/1.0/`],
    ['https://creativecommons.org/licenses/by/9.0/', `${cc}licenses/by/`],
    ['https://creativecommons.org/licenses/publicdomain/', `${cc}licenses/publicdomain/`],
    ['https://creativecommons.org/publicdomain/mark/1.0/deed.fr', `${cc}publicdomain/mark/1.0/`],
    ['Creative Commons Zero v1.0 Universal (CC0)', `${cc}publicdomain/zero/1.0/`],
    ['cc0-1.0', `${cc}publicdomain/zero/1.0/`],
    ['CC-0', `${cc}publicdomain/zero/1.0/`],
    ['Public Domain Mark 1.0', `${cc}publicdomain/mark/1.0/`],
    ['cc_by_nc_nd_4', `${cc}licenses/by-nc-nd/4.0/`],
    ['cc_by', `${cc}licenses/by/`],
    ['CCBY', `${cc}licenses/by/`],
    ['CC BY-NC-SA 3.0 IGO', `${cc}licenses/by-nc-sa/3.0/igo/`],
    ['CC BY (Attribution)', `${cc}licenses/by/`],
    ['cc-by-nc-4.0', `${cc}licenses/by-nc/4.0/`],
    ['Attribution-NonCommercial-NoDerivs 3.0 Spain (Creative Commons)', `${cc}licenses/by-nc-nd/3.0/es/`],
    [
      'Creative Commons Namensnennung - Nicht kommerziell - Keine Bearbeitung 3.0 Deutschland',
      `${cc}licenses/by-nc-nd/3.0/de/`,
    ],
    [
      "Licence Creative Commons Paternité - Pas d'utilisation commerciale 2.0 France",
      `${cc}licenses/by-nc/2.0/fr/`,
    ],
    ['Reconocimiento-CompartirIgual 4.0 Internacional (Creative Commons)', `${cc}licenses/by-sa/4.0/`],
    ['Creative Commons NonCommercial NoDerivatives', `${cc}licenses/by-nc-nd/`],
    ['Creative Commons', undefined],
    ['Apache License, Version 2.0', 'https://spdx.org/licenses/Apache-2.0'],
    ['GNU GPLv3', 'https://spdx.org/licenses/GPL-3.0-only'],
    ['The MIT Licence', 'https://spdx.org/licenses/MIT'],
    ['GNU Free Documentation License', 'https://spdx.org/licenses/GFDL-1.3-only'],
    [
      'Open Government Licence v3.0',
      'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    ],
    ['http://rightsstatements.org/page/InC/1.0/?language=en', 'http://rightsstatements.org/vocab/InC/1.0/'],
    ['https://rightsstatements.org/vocab/NoC-US/1.0/', 'http://rightsstatements.org/vocab/NoC-US/1.0/'],
    ['Todos los derechos reservados', undefined],
    ['© 2015 Universidad de Chile', undefined],
    ['Copyright, publisher', undefined],
    ['http://www.publisher.example/copyright', undefined],
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
  const EC = ['European Commission', '501100000780'];
  const cases: [written: string, funder: string[] | string | undefined, award: string | undefined][] = [
    ['info:eu-repo/grantAgreement/EC/FP7/123456/EU//ACRONYM', EC, '123456'],
    ['info:eu-repo/grantAgreement/EC/HE/123456789/EU/Making Capabilities Work/WorkAble', EC, '123456789'],
    ['info:eu-repo/grantagreement/ec/h2020/654321', EC, '654321'],
    ['info:eu-repo/grantAgreement/FP7/123456', EC, '123456'],
    ['info:eu-repo/grantAgreement/H2020/654321/EU', EC, '654321'],
    ['info:eu-repo/grantAgreement/EC/654321', EC, '654321'],
    ['eu-repo/grantAgreement/EC/FP7/123456', EC, '123456'],
    ['http://purl.org/info:eu-repo/grantAgreement/EC/FP7/123456', EC, '123456'],
    ['info:eurepo/grantAgreement/European Commission/FP7/123456', EC, '123456'],
    [
      'info:eu-repo/grantAgreement/FCT/PIDDAC/PTDC%2FEIA%2F1234/PT',
      ['Fundação para a Ciência e a Tecnologia', '501100001871'],
      'PTDC/EIA/1234',
    ],
    ['info:eu-repo/grantAgreement/WT/091619', ['Wellcome Trust', '100004440'], '091619'],
    [
      'info:eu-repo/grantAgreement/NSF/Directorate/0955614/US',
      ['National Science Foundation', '100000001'],
      '0955614',
    ],
    [
      'info:eu-repo/grantAgreement/MINECO//FIS2014-12345',
      ['Ministerio de Economía y Competitividad', '501100003329'],
      'FIS2014-12345',
    ],
    ['info:eu-repo/grantAgreement/Nobody//99', 'Nobody', '99'],
    ['info:eu-repo/grantAgreement/%ZZ//', '%ZZ', undefined],
    ['info:eu-repo/grantAgreement///', undefined, undefined],
    ['info:eu-repo/semantics/article', undefined, undefined],
    ['EC/FP7/123456', undefined, undefined],
  ];
  for (const [written, funder, award] of cases) {
    it(`“${written}” names ${String(funder)}, ${award}`, () => {
      const [name, number] = typeof funder === 'string' ? [funder] : (funder ?? []);
      expect(grantAgreement(written)).to.deep.equal(
        name === undefined
          ? undefined
          : {
              funder: name,
              ...(number !== undefined && { funderId: `https://doi.org/10.13039/${number}` }),
              ...(award !== undefined && { award }),
            },
      );
    });
  }

  for (const said of [
    { funder: 'EPSRC', award: '1' },
    { funder: 'Engineering and Physical Sciences Research Council (EPSRC)', award: '1' },
    { funderId: 'https://doi.org/10.13039/501100000266', award: '1' },
    { funder: 'Eng. Council', funderId: 'http://dx.doi.org/10.13039/501100000266', award: '1' },
  ]) {
    it(`is known by ${said.funder ?? said.funderId}`, () => {
      expect(grantAgreement(grantAgreementText(said))).to.deep.equal({
        funder: 'Engineering and Physical Sciences Research Council',
        funderId: 'https://doi.org/10.13039/501100000266',
        award: '1',
      });
    });
  }

  it('is written with what half a character leaves', () => {
    expect(grantAgreementText({ funder: 'A\ud800', award: '\udfff1' })).to.equal(
      'info:eu-repo/grantAgreement/A%EF%BF%BD//%EF%BF%BD1',
    );
  });

  it('is written as it is read', () => {
    const word = fc
      .string({ minLength: 1, unit: 'grapheme-ascii' })
      .filter((text) => text === text.trim() && !/^(?:FP\d|H2020|HE|HORIZON)$/i.test(text));
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
