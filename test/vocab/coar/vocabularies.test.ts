import { expect } from 'chai';
import fc from 'fast-check';
import { foldedForm } from '../../../vocab/cleaning/index.ts';
import {
  accessRights,
  accessRightUri,
  resourceTypes,
  specificity,
  versions,
} from '../../../vocab/coar/index.ts';
import { germanResourceTypeForms } from '../../../vocab/coar/resource-type-forms-german.ts';
import { resourceTypeForms } from '../../../vocab/coar/resource-type-forms.ts';

const type = (id: string): string => `http://purl.org/coar/resource_type/${id}`;

describe('COAR Resource Types', () => {
  const named: [written: string, id: string][] = [
    ['http://purl.org/coar/resource_type/c_6501', 'c_6501'],
    ['https://purl.org/coar/resource_type/c_6501/', 'c_6501'],
    ['info:eu-repo/semantics/article', 'c_6501'],
    ['info:eu-repo/semantics/doctoralThesis', 'c_db06'],
    ['info:eu-repo/semantics/bachelorThesis', 'c_7a1f'],
    ['info:eu-repo/semantics/conferenceObject', 'c_c94f'],
    ['info:eu-repo/semantics/conferenceContribution', 'c_c94f'],
    ['info:eu-repo/semantics/contributionToPeriodical', 'c_3e5a'],
    ['info:eu-repo/semantics/bookPart', 'c_3248'],
    ['http://purl.org/dc/dcmitype/Dataset', 'c_ddb1'],
    ['http://purl.org/eprint/type/JournalArticle', 'c_6501'],
    ['text::journal::journal article', 'c_6501'],
    ['Article', 'c_6501'],
    ['Artículo', 'c_6501'],
    ['ARTIGO', 'c_6501'],
    ['Peer-reviewed Article', 'c_6501'],
    ['Avaliado pelos Pares', 'c_6501'],
    ['Conference or Workshop Item', 'c_c94f'],
    ['Book Section', 'c_3248'],
    ['Book chapter', 'c_3248'],
    ["Chapitre d'ouvrage", 'c_3248'],
    ['Tesis doctoral', 'c_db06'],
    ['Thèse', 'c_db06'],
    ['Dissertação', 'c_bdcc'],
    ['Trabajo fin de grado', 'c_7a1f'],
    ['Trabalho de Conclusão de Curso', 'c_7a1f'],
    ['Thesis', 'c_46ec'],
    ['Working Paper', 'c_8042'],
    ['Documento de trabajo', 'c_8042'],
    ['Technical Report', 'c_18gh'],
    ['Learning Object', 'c_e059'],
    ['Preprint', 'c_816b'],
    ['publication-article', 'c_6501'],
    ['Tesis de doctorado', 'c_db06'],
    ['Tesis de maestría', 'c_bdcc'],
    ['Artigo de evento', 'c_5794'],
    ['Mémoire de master', 'c_bdcc'],
    ['Zeitschriftenartikel', 'c_6501'],
    ['Doktorarbeit', 'c_db06'],
    ['Diplomarbeit', 'c_bdcc'],
    ['Teil eines Buches', 'c_3248'],
    ['doctoralthesis', 'c_db06'],
    ['contributiontoperiodical', 'c_3e5a'],
    ['Tesi di dottorato', 'c_db06'],
    ['driver:article', 'c_6501'],
    ['Thesis (PhD)', 'c_db06'],
    ['Text', 'c_18cf'],
    ['other', 'c_1843'],
  ];
  for (const [written, id] of named) {
    it(`reads “${written}” as ${resourceTypes.byUri(type(id))?.labels.en}`, () => {
      expect(resourceTypes.named(written)?.uri).to.equal(type(id));
    });
  }

  it('knows no type that is none', () => {
    for (const text of [
      '',
      '   ',
      'PeerReviewed',
      'info:eu-repo/semantics/openAccess',
      'x'.repeat(500),
      '__proto__',
      'https://',
    ]) {
      expect(resourceTypes.named(text), text).to.equal(undefined);
    }
  });

  it('gives each concept its own URI, four labels, and a wider concept that exists', () => {
    const uris = resourceTypes.concepts.map(({ uri }) => uri);
    expect(new Set(uris).size).to.equal(uris.length);
    for (const { uri, labels, broader } of resourceTypes.concepts) {
      expect(
        Object.values(labels).every((label) => label.trim() !== ''),
        uri,
      ).to.equal(true);
      if (broader !== undefined) expect(resourceTypes.byUri(broader), uri).to.not.equal(undefined);
      expect(resourceTypes.named(labels.en)?.uri, labels.en).to.equal(uri);
    }
  });

  it('lets no word in use stand for two concepts, and only for concepts there are', () => {
    const owners = new Map<string, string>();
    const german = Object.entries(germanResourceTypeForms).map(
      ([id, list]) => [id, list.split('|')] as const,
    );
    for (const [id, forms] of [...Object.entries(resourceTypeForms), ...german]) {
      expect(resourceTypes.byUri(type(id)), id).to.not.equal(undefined);
      for (const form of forms) {
        const folded = foldedForm(form);
        expect(owners.get(folded) ?? id, form).to.equal(id);
        owners.set(folded, id);
        const label = resourceTypes.concepts.find(({ labels }) => foldedForm(labels.en) === folded);
        expect(label?.uri ?? type(id), `${form} is another concept's label`).to.equal(type(id));
      }
    }
  });

  it('tells which type says more', () => {
    const says = (id: string): number => specificity(resourceTypes.byUri(type(id))!);
    expect(says('c_1843')).to.be.lessThan(says('c_18cf'));
    expect(says('c_18cf')).to.be.lessThan(says('c_ddb1'));
    expect(says('c_46ec')).to.be.lessThan(says('c_db06'));
    expect(says('c_6501')).to.be.lessThan(says('c_dcae04bc'));
  });
});

describe('COAR Access Rights', () => {
  const named: [written: string, right: string][] = [
    ['info:eu-repo/semantics/openAccess', 'open'],
    ['http://purl.org/coar/access_right/c_abf2', 'open'],
    ['Open Access', 'open'],
    ['Acceso abierto', 'open'],
    ['Acesso Aberto', 'open'],
    ['info:eu-repo/semantics/embargoedAccess', 'embargoed'],
    ['info:eu-repo/semantics/restrictedAccess', 'restricted'],
    ['info:eu-repo/semantics/closedAccess', 'metadata-only'],
    ['metadata only access', 'metadata-only'],
    ['http://purl.org/eprint/accessRights/OpenAccess', 'open'],
    ['Libre accès', 'open'],
    ['Freier Zugang', 'open'],
    ['openaccess', 'open'],
    ['Acceso embargado', 'embargoed'],
    ['Accès sous embargo', 'embargoed'],
    ['Registered users only', 'restricted'],
    ['staffonly', 'restricted'],
    ['Acesso restrito', 'restricted'],
    ['Eingeschränkter Zugang', 'restricted'],
    ['Acceso cerrado', 'metadata-only'],
  ];
  for (const [written, right] of named) {
    it(`reads “${written}” as ${right}`, () => expect(accessRights.named(written)?.right).to.equal(right));
  }

  it('gives the URI of a right', () => {
    expect(accessRightUri('embargoed')).to.equal('http://purl.org/coar/access_right/c_f1cf');
    for (const { right, uri } of accessRights.concepts) expect(accessRightUri(right)).to.equal(uri);
  });
});

describe('COAR Version Types', () => {
  const named: [written: string, abbreviation: string][] = [
    ['info:eu-repo/semantics/draft', 'AO'],
    ['info:eu-repo/semantics/submittedVersion', 'SMUR'],
    ['info:eu-repo/semantics/acceptedVersion', 'AM'],
    ['info:eu-repo/semantics/publishedVersion', 'VoR'],
    ['info:eu-repo/semantics/updatedVersion', 'CVoR'],
    ['https://purl.org/coar/version/c_970fb48d4fbd8a85', 'VoR'],
    ['VoR', 'VoR'],
    ['AAM', 'AM'],
    ['Versão publicada', 'VoR'],
    ["Publisher's version", 'VoR'],
    ['publishedversion', 'VoR'],
    ['Veröffentlichte Version', 'VoR'],
    ['Accepted Version', 'AM'],
    ['Akzeptierte Version', 'AM'],
    ["Author's final draft", 'AM'],
    ['Versión enviada', 'SMUR'],
    ['Corrected Version of Record', 'CVoR'],
  ];
  for (const [written, abbreviation] of named) {
    it(`reads “${written}” as ${abbreviation}`, () => {
      expect(versions.named(written)?.abbreviation).to.equal(abbreviation);
    });
  }
});

describe('the vocabularies of COAR', () => {
  it('find a concept of theirs or none, whatever the text', () => {
    const scraps = fc.constantFrom(
      'info:eu-repo/semantics/',
      'http://purl.org/coar/',
      '::',
      '/',
      'Article',
      'open',
      'ß',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string()), { maxLength: 6 }), (parts) => {
        for (const index of [resourceTypes, accessRights, versions]) {
          const concept = index.named(parts.join(''));
          if (concept !== undefined) expect(index.byUri(concept.uri)).to.equal(concept);
        }
      }),
      { seed: 20261121, numRuns: 1000 },
    );
  });
});
