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
    ['Smith J.', 'Smith, J.'],
    ['García Márquez J. A.', 'García Márquez, J. A.'],
    ['Dupont J.-P.', 'Dupont, J.-P.'],
    ['J. A. Smith', 'Smith, J. A.'],
    ['Knoth, P', 'Knoth, P.'],
    ['Dupont, J.-P.', 'Dupont, J.-P.'],
    ['Smith, John A', 'Smith, John A.'],
    ['Tripathi, Devendra K.', 'Tripathi, Devendra K.'],
    // Two family names, as in Spanish; one, as in Portuguese
    ['Gabriel García Márquez', 'García Márquez, Gabriel'],
    ['María José García López', 'García López, María José'],
    ['Carlos de la Fuente García', 'de la Fuente García, Carlos'],
    ['Gabriela Ramírez de la Rosa', 'Ramírez de la Rosa, Gabriela'],
    ['María del Carmen López', 'López, María del Carmen'],
    ['Juan de Dios Martínez', 'Martínez, Juan de Dios'],
    ['Jose Luis Redondo Garcia', 'Redondo Garcia, Jose Luis'],
    ['Juan Rodríguez', 'Rodríguez, Juan'],
    ['Anna Garcia Smith', 'Smith, Anna Garcia'],
    ['José da Silva Pereira', 'Pereira, José da Silva'],
    ['Carlos Ramos Silva', 'Silva, Carlos Ramos'],
    ['João dos Santos', 'dos Santos, João'],
    ['José Silva Filho', 'Silva Filho, José'],
    ['João P. Neto', 'Neto, João P.'],
    ['Guimarães Rosa, João', 'Guimarães Rosa, João'],
    // Particles
    ['Seán Ó Súilleabháin', 'Ó Súilleabháin, Seán'],
    ['Ailbhe Ní Chasaide', 'Ní Chasaide, Ailbhe'],
    ['Abdul Rahman bin Ismail', 'bin Ismail, Abdul Rahman'],
    ['Otto von Bismarck', 'von Bismarck, Otto'],
    ['Laurens van der Maaten', 'van der Maaten, Laurens'],
    ['Leonardo da Vinci', 'da Vinci, Leonardo'],
    ['Jean de La Fontaine', 'de La Fontaine, Jean'],
    // The family name first
    ['Wang Xiaoming', 'Wang, Xiaoming'],
    ['Li Fei-Fei', 'Li, Fei-Fei'],
    ['Xiaoming Wang', 'Wang, Xiaoming'],
    ['Kim Min-su', 'Kim, Min-su'],
    ['Min-su Kim', 'Kim, Min-su'],
    ['Nguyễn Văn An', 'Nguyễn, Văn An'],
    ['Hien Thi Nguyen', 'Nguyen, Hien Thi'],
    ['Nagy Péter', 'Nagy, Péter'],
    ['Péter Nagy', 'Nagy, Péter'],
    ['Kim Jones', 'Jones, Kim'],
    ['LIU Yang', 'Liu, Yang'],
    ['DUPONT Jean', 'Dupont, Jean'],
    ['DJ Hovermale', 'Hovermale, D. J.'],
    ['Grace Y Chung', 'Chung, Grace Y.'],
    ['Nian Li Ma', 'Ma, Nian Li'],
    ['Martin Hofmann--Apitius', 'Hofmann-Apitius, Martin'],
    // Capitals
    ['DUPONT, Jean', 'Dupont, Jean'],
    ['ROY, Bijan Kumar', 'Roy, Bijan Kumar'],
    ['ROY, JK', 'Roy, J. K.'],
    ['Roy, JK', 'Roy, J. K.'],
    ['McDONALD, Ann', 'McDonald, Ann'],
    ['MacDONALD, Ann', 'MacDonald, Ann'],
    ["O'NEILL, Tim", "O'Neill, Tim"],
    ['van der BERG, Wim', 'van der Berg, Wim'],
    ['de la ROSA, Ana', 'de la Rosa, Ana'],
    ['ROY-SMITH, Ann', 'Roy-Smith, Ann'],
    ['JKR, Ann', 'JKR, Ann'],
    ['IBM, Almaden', 'IBM, Almaden'],
    ['LI, Wei', 'LI, Wei'],
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
    [String.raw`Erd{\H o}s, P{\'a}l`, 'Erdős, Pál'],
    ['Smith, John, b. 1950', 'Smith, John'],
    ['Smith, John, 1950-', 'Smith, John'],
    ['Smith, John (1950-2001)', 'Smith, John'],
    ['Smith, John, editor', 'Smith, John'],
    ['Smith, John, author.', 'Smith, John'],
    ['Pérez, Juan (coord.)', 'Pérez, Juan'],
    ['edited by John Smith', 'Smith, John'],
    ['herausgegeben von Hans Müller', 'Müller, Hans'],
    ['Prof. Dr. Hans Müller', 'Müller, Hans'],
    ['Dipl.-Ing. Hans Müller', 'Müller, Hans'],
    ['Prof. Dr. med. Petra Klein', 'Klein, Petra'],
    ['Dra. Ana Torres', 'Torres, Ana'],
    ['John Smith, MD, PhD', 'Smith, John'],
    ['John Smith, M.A.', 'Smith, John'],
    ['Smith, John, III', 'Smith, John, III'],
    ['Smith, John.', 'Smith, John'],
    ['Smith, J. et al.', 'Smith, J.'],
    ['García, Ana y otros', 'García, Ana'],
    ['John Smith*', 'Smith, John'],
    ['John Smith1,2', 'Smith, John'],
    ['“John Smith”', 'Smith, John'],
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
    'Ministerio de Educación y Ciencia',
    'Ministério da Saúde',
    'Ministère de la Culture',
    'Bundesministerium für Bildung und Forschung',
    'Universität Bielefeld',
    'Technische Hochschule Köln',
    'Max-Planck-Gesellschaft',
    'École Normale Supérieure de Lyon',
    'Centre National de la Recherche Scientifique',
    'Fundação Oswaldo Cruz',
    'Prefeitura do Rio de Janeiro',
    'Comissão Nacional de Ética',
    'Consejo Superior de Investigaciones Científicas',
    'Secretaría de Salud, México',
    'The CMS Collaboration',
    'GBD 2017 Study Group',
    'RECOVERY Collaborative Group',
    'International Stroke Genetics Consortium',
    'on behalf of the EUROCAT investigators',
    'World Health Organization',
    'WHO',
    'Web Science Team',
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
    expect(names('Smith, J. | Doe, A.')).to.deep.equal(['Smith, J.', 'Doe, A.']);
    expect(names('Pérez, Juan y López, Ana')).to.deep.equal(['Pérez, Juan', 'López, Ana']);
    expect(names('Juan Pérez e Ana Lopes')).to.deep.equal(['Pérez, Juan', 'Lopes, Ana']);
    expect(names('Hans Müller und Petra Klein')).to.deep.equal(['Müller, Hans', 'Klein, Petra']);
    expect(names('John Smith, Ann Doe, B. Roe')).to.deep.equal(['Smith, John', 'Doe, Ann', 'Roe, B.']);
    expect(names('John Smith, Ann Doe and Mary Roe')).to.deep.equal(['Smith, John', 'Doe, Ann', 'Roe, Mary']);
    expect(names('José Ortega y Gasset')).to.have.length(1);
    expect(names('García Márquez, Gabriel José')).to.have.length(1);
  });

  it('may hold none', () => {
    for (const written of [
      'Anonymous',
      'Anónimo',
      'n/a',
      '[s.n.]',
      'Unknown',
      '-',
      'et al.',
      'Various authors',
      'Sin autor',
      'N. N.',
      'unbekannt',
      'https://orcid.org/0000-0002-1825-0097',
      '',
      ' ; ',
    ]) {
      expect(names(written), written).to.deep.equal([]);
    }
  });

  it('may hold what cannot be taken apart', () => {
    expect(cleanAgents('Plato', new RepairLog())).to.deep.equal([{ name: 'Plato', kind: 'unknown' }]);
    expect(cleanAgents('Yang Liu', new RepairLog())).to.deep.equal([{ name: 'Yang Liu', kind: 'person' }]);
    expect(cleanAgents('Nguyen Ha Vo', new RepairLog())).to.deep.equal([
      { name: 'Nguyen Ha Vo', kind: 'person' },
    ]);
    expect(cleanAgents('王小明', new RepairLog())).to.deep.equal([{ name: '王小明', kind: 'unknown' }]);
    const long = 'x'.repeat(5000);
    expect(cleanAgents(long, new RepairLog())).to.deep.equal([{ name: long, kind: 'unknown' }]);
  });

  it('says what was put right', () => {
    const log = new RepairLog();
    log.field = 'dc:creator';
    cleanAgents('Karen Markey', log);
    cleanAgents('ROY, Bijan Kumar', log);
    cleanAgents('PESET, Fernanda', log);
    cleanAgents('Anonymous', log);
    expect(log.repairs).to.deep.equal([
      { code: 'NAME_INVERTED', field: 'dc:creator', before: 'Karen Markey', after: 'Markey, Karen' },
      { code: 'NAME_CLEANED', field: 'dc:creator', before: 'ROY, Bijan Kumar', after: 'Roy, Bijan Kumar' },
      { code: 'NAME_CLEANED', field: 'dc:creator', before: 'PESET, Fernanda', after: 'Peset, Fernanda' },
      { code: 'NAME_DROPPED', field: 'dc:creator', before: 'Anonymous', after: '' },
    ]);
  });

  it('keeps no e-mail address, neither in a name nor in a repair', () => {
    for (const written of [
      'John Smith <john.smith@example.org>',
      'Smith, John (john.smith@example.org)',
      'Smith, John; mailto:john.smith@example.org',
      'Smith, John, E-mail: john.smith@example.org',
    ]) {
      const log = new RepairLog();
      expect(
        cleanAgents(written, log).map(({ name }) => name),
        written,
      ).to.deep.equal(['Smith, John']);
      expect(log.repairs.map(({ code }) => code)).to.include('EMAIL_DROPPED');
      expect(JSON.stringify(log.repairs)).to.not.include('example.org');
    }
    const log = new RepairLog();
    expect(cleanAgents('john.smith@example.org', log)).to.deep.equal([]);
    expect(log.repairs).to.have.length(1);
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
        const once = cleanAgents(parts.join(''), new RepairLog());
        for (const { name, kind } of once) {
          if (kind === 'person') expect(names(name).join(), name).to.equal(name);
        }
      }),
      { seed: 20261121 },
    );
    for (const scrap of ['(', 'A ', 'A, ', ' and ', '1950-', '!', 'Dr. ', 'de ']) {
      expect(names(scrap.repeat(100_000))).to.be.an('array');
    }
  });
});

describe('long names that are none', () => {
  const cases = [' '.repeat(100_000) + '@', ', '.repeat(50_000) + '@x', '('.repeat(100_000) + '@'];
  for (const text of cases) {
    // With a pattern that tries each separator anew this would take days, and mocha gives it seconds.
    it(`are read at once: ${text.slice(0, 2)}…${text.slice(-2)}`, () => {
      expect(names(text).join('').length).to.be.at.most(text.length);
    });
  }
  it('lose an address and what parts it from the name', () => {
    expect(names('Smith, John  ,  <john@x.example>')).to.deep.equal(['Smith, John']);
    expect(names('Smith, John (e-mail: john@x.example)')).to.deep.equal(['Smith, John']);
  });
});
