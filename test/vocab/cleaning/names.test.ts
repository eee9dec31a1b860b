import { expect } from 'chai';
import fc from 'fast-check';
import { cleanAgents, isOrcid, RepairLog } from '../../../vocab/cleaning/index.ts';

function names(text: string): string[] {
  return cleanAgents(text, new RepairLog()).map(({ name }) => name);
}

describe('names of persons', () => {
  const cases: [written: string, name: string][] = [
    // In catalogue order
    ['Smith, John', 'Smith, John'],
    ['van Gogh, Vincent', 'van Gogh, Vincent'],
    ["O'Brien, Tim", "O'Brien, Tim"],
    ['Rodríguez-Gairín, Josep Manuel', 'Rodríguez-Gairín, Josep Manuel'],
    ['Smith, John, Jr.', 'Smith, John, Jr.'],
    ['Bank, Steven', 'Bank, Steven'],
    // In natural order
    ['John Smith', 'Smith, John'],
    ['María José García', 'García, María José'],
    ['Jean-Pierre Dupont', 'Dupont, Jean-Pierre'],
    ['Ludwig van Beethoven', 'van Beethoven, Ludwig'],
    ['Herbert Van de Sompel', 'Van de Sompel, Herbert'],
    ['Wim van den Bergh', 'van den Bergh, Wim'],
    ['Beth St. Jean', 'St. Jean, Beth'],
    ['José Ortega y Gasset', 'Ortega y Gasset, José'],
    ['John Smith, Jr.', 'Smith, John, Jr.'],
    ['William Press', 'Press, William'],
    ['Nancy Van House', 'Van House, Nancy'],
    // Initials
    ['Smith, J.A.', 'Smith, J. A.'],
    ['Smith, JA', 'Smith, J. A.'],
    ['Smith, J A', 'Smith, J. A.'],
    ['Smith JA', 'Smith, J. A.'],
    ['Knoth, P', 'Knoth, P.'],
    ['Dupont, J.-P.', 'Dupont, J.-P.'],
    ['Smith, John A', 'Smith, John A.'],
    ['Tripathi, Devendra K.', 'Tripathi, Devendra K.'],
    // Capitals
    ['DUPONT, Jean', 'Dupont, Jean'],
    ['GARCÍA MÁRQUEZ, GABRIEL', 'García Márquez, Gabriel'],
    ['MCDONALD, RONALD', 'McDonald, Ronald'],
    ['LI, WEI', 'Li, Wei'],
    ['LI, Wei', 'LI, Wei'],
    ['SMITH, JA', 'Smith, J. A.'],
    ['DE LA CRUZ, MARÍA', 'De la Cruz, María'],
    // What is no part of the name
    ['Smith, John, 1950-2001', 'Smith, John'],
    ['Smith, John (ed.)', 'Smith, John'],
    ['Dr. John Smith', 'Smith, John'],
    ['John Smith, PhD', 'Smith, John'],
    ['Smith, John (University of Leeds)', 'Smith, John'],
    ['Caf&eacute;, Jean', 'Café, Jean'],
  ];
  for (const [written, name] of cases) {
    it(`“${written}” is ${name}`, () => {
      const [agent] = cleanAgents(written, new RepairLog());
      expect(agent).to.include({ name, kind: 'person' });
      expect(agent!.name).to.equal(`${agent!.family}, ${agent!.given}`);
    });
  }

  it('keep their ORCID, where its check digit is right', () => {
    for (const written of [
      'Carberry, Josiah (0000-0002-1825-0097)',
      'Carberry, Josiah [https://orcid.org/0000-0002-1825-0097]',
      'Carberry, Josiah ORCID: 0000-0002-1825-0097',
      'Carberry, Josiah::0000-0002-1825-0097',
    ]) {
      expect(cleanAgents(written, new RepairLog()), written).to.deep.equal([
        {
          name: 'Carberry, Josiah',
          family: 'Carberry',
          given: 'Josiah',
          kind: 'person',
          orcid: '0000-0002-1825-0097',
        },
      ]);
    }
    expect(cleanAgents('Carberry, Josiah (0000-0002-1825-0098)', new RepairLog())[0]).to.not.have.property(
      'orcid',
    );
    expect(isOrcid('0000-0002-1694-233X')).to.equal(true);
  });

  it('keep an affiliation that stands in brackets', () => {
    expect(cleanAgents('Smith, John (University of Leeds)', new RepairLog())[0]).to.include({
      affiliation: 'University of Leeds',
    });
  });
});

describe('names of organisations', () => {
  for (const name of [
    'Confederation of Open Access Repositories',
    'University of Oxford, Department of Physics',
    'The Scholarly Publishing & Academic Resources Coalition',
    'Ministry of Health and Welfare',
    'Universidad Nacional de La Plata',
    'Instituto Politécnico do Porto',
    "Université d'Ottawa",
    'UNESCO',
    'ATLAS Collaboration',
    'Elsevier Ltd',
    'Oxford University Press',
    'The World Bank',
    'Open Preservation Foundation',
    'Digital Repository Group',
  ]) {
    it(`“${name}” stays as it is`, () => {
      const log = new RepairLog();
      expect(cleanAgents(name, log)).to.deep.equal([{ name, kind: 'organisation' }]);
      expect(log.repairs).to.deep.equal([]);
    });
  }
});

describe('a field of names', () => {
  it('may hold several', () => {
    expect(names('Smith, J.; Doe, A.')).to.deep.equal(['Smith, J.', 'Doe, A.']);
    expect(names('J. Smith and A. Doe')).to.deep.equal(['Smith, J.', 'Doe, A.']);
    expect(names('Smith, J., Doe, A., Roe, B.')).to.deep.equal(['Smith, J.', 'Doe, A.', 'Roe, B.']);
    expect(names('Smith, J. and Doe, A.')).to.deep.equal(['Smith, J.', 'Doe, A.']);
    expect(names('Smith, J.; et al.')).to.deep.equal(['Smith, J.']);
  });

  it('may hold none', () => {
    for (const written of ['Anonymous', 'Anónimo', 'n/a', '[s.n.]', 'Unknown', '-', 'et al.', '', ' ; ']) {
      expect(names(written), written).to.deep.equal([]);
    }
  });

  it('may hold what cannot be taken apart', () => {
    expect(cleanAgents('Plato', new RepairLog())).to.deep.equal([{ name: 'Plato', kind: 'unknown' }]);
    expect(cleanAgents('王小明', new RepairLog())).to.deep.equal([{ name: '王小明', kind: 'unknown' }]);
    const long = 'x'.repeat(5000);
    expect(cleanAgents(long, new RepairLog())).to.deep.equal([{ name: long, kind: 'unknown' }]);
  });

  it('says what was put right', () => {
    const log = new RepairLog();
    log.field = 'dc:creator';
    cleanAgents('Karen Markey', log);
    cleanAgents('PESET, Fernanda', log);
    cleanAgents('Anonymous', log);
    expect(log.repairs).to.deep.equal([
      { code: 'NAME_INVERTED', field: 'dc:creator', before: 'Karen Markey', after: 'Markey, Karen' },
      { code: 'NAME_CLEANED', field: 'dc:creator', before: 'PESET, Fernanda', after: 'Peset, Fernanda' },
      { code: 'NAME_DROPPED', field: 'dc:creator', before: 'Anonymous', after: '' },
    ]);
  });

  it('gives names for any text, without hanging', () => {
    const scraps = fc.constantFrom(
      ',',
      ', ',
      ' ',
      '.',
      'Smith',
      'J',
      'van',
      '(',
      ')',
      '[',
      '0000-0002-1825-0097',
      '1950-',
      ' and ',
      ';',
      'Univ',
      'É',
      '王',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string()), { maxLength: 30 }), (parts) => {
        for (const agent of cleanAgents(parts.join(''), new RepairLog()))
          expect(agent.name.trim()).to.not.equal('');
      }),
      { seed: 20261121 },
    );
    for (const scrap of ['(', 'A ', 'A, ', ' and ', '1950-', '!', 'Dr. ', 'de ']) {
      expect(names(scrap.repeat(100_000))).to.be.an('array');
    }
  });
});
