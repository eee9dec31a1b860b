import { expect } from 'chai';
import { DescriptionBuilder } from '../../../vocab/crosswalks/description-builder.ts';
import type { Description } from '../../../vocab/record.ts';

/** What is described by what a crosswalk says. */
function described(say: (description: DescriptionBuilder) => void): Description {
  const description = new DescriptionBuilder();
  say(description);
  return description.build();
}

const knuth = { name: 'Knuth, Donald E.', family: 'Knuth', given: 'Donald E.', kind: 'person' } as const;
const pdf = 'https://repository.example/1.pdf';

describe('a description', () => {
  describe('of people', () => {
    const creators = (...parts: Parameters<DescriptionBuilder['creator']>): Description['creators'] =>
      described((description) => description.creator(...parts)).creators;

    it('takes a name in parts, or takes it apart', () => {
      expect(creators({ family: 'Knuth', given: 'Donald E.' })).to.deep.equal([knuth]);
      expect(creators({ name: 'Donald E. Knuth' })).to.deep.equal([knuth]);
      expect(creators({ name: 'Knuth, D.', family: 'Knuth', given: 'Donald E.' })).to.deep.equal([knuth]);
      expect(creators({ family: 'KNUTH', given: 'DE' })).to.deep.equal([
        { name: 'Knuth, D. E.', family: 'Knuth', given: 'D. E.', kind: 'person' },
      ]);
    });

    it('believes the source about who is an organisation', () => {
      expect(creators({ name: 'Herder', kind: 'organisation' })).to.deep.equal([
        { name: 'Herder', kind: 'organisation' },
      ]);
      expect(creators({ name: 'Plato', kind: 'person' })).to.deep.equal([{ name: 'Plato', kind: 'person' }]);
      expect(creators({ family: 'University', given: 'Ann' })).to.deep.equal([
        { name: 'University, Ann', family: 'University', given: 'Ann', kind: 'person' },
      ]);
      expect(creators({ name: 'Plato', kind: 'unknown' })).to.deep.equal([
        { name: 'Plato', kind: 'unknown' },
      ]);
    });

    it('checks and normalises identifiers', () => {
      for (const orcid of [
        'https://orcid.org/0000-0002-1825-0097',
        'ORCID:0000-0002-1825-0097',
        '0000000218250097',
      ])
        expect(creators({ ...knuth, orcid })[0]).to.include({ orcid: '0000-0002-1825-0097' });
      for (const ror of ['https://ror.org/05MMH0F86', 'ror.org/05mmh0f86', '05mmh0f86'])
        expect(creators({ ...knuth, affiliation: 'X', ror })[0]).to.include({
          ror: 'https://ror.org/05mmh0f86',
        });
      const description = new DescriptionBuilder();
      description.creator({ ...knuth, orcid: '0000-0002-1825-0098', ror: 'grid.1' });
      expect(description.build().creators).to.deep.equal([knuth]);
      expect(description.log.repairs.map(({ before }) => before)).to.deep.equal([
        '0000-0002-1825-0098',
        'grid.1',
      ]);
    });

    it('gives what is said of several to none, and has nobody without a name', () => {
      expect(creators({ name: 'Smith, J.; Doe, A.', affiliation: 'X' })).to.have.length(2);
      expect(creators({ name: 'Smith, J.; Doe, A.', affiliation: 'X' })[0]).not.to.have.property(
        'affiliation',
      );
      expect(creators({ name: ' ', orcid: '0000-0002-1825-0097' })).to.deep.equal([]);
      expect(
        described((description) => description.contributor({ family: 'Plato' })).contributors,
      ).to.have.length(1);
    });
  });

  describe('of dates', () => {
    const published = (...dates: Parameters<DescriptionBuilder['date']>[]): string | undefined =>
      described((description) => dates.forEach((date) => description.date(...date))).published;

    it('has the date of publication that is said to be one', () => {
      expect(published(['2010', 'accepted'], ['2011'], ['2012', 'issued'])).to.equal('2012');
      expect(published(['2010', 'accepted'], ['2011', 'available'], ['2012'])).to.equal('2012');
      expect(published(['2010', 'submitted'], ['2011', 'available'], ['2012', 'accepted'])).to.equal('2011');
      expect(published(['2010', 'updated'], ['2011', 'created'])).to.equal('2011');
      expect(published(['2024-04-29T14:05:32Z'], ['2007-02'])).to.equal('2007-02');
      expect(published()).to.equal(undefined);
    });
  });

  describe('of access', () => {
    it('takes the strictest right, and closes files of which nothing is said', () => {
      const { access, files } = described((description) => {
        description.file(pdf);
        description.file('https://repository.example/2.csv', { access: 'open access' });
        expect(description.accessRight('openAccess')).to.equal(true);
        expect(description.accessRight('restricted')).to.equal(true);
        expect(description.accessRight('All rights reserved')).to.equal(false);
      });
      expect(access).to.deep.equal({ right: 'restricted' });
      expect(files.map((file) => file.access)).to.deep.equal(['restricted', 'open']);
    });

    it('has an embargo where a date says so and nothing else', () => {
      const end = '2027-01-01';
      const access = (say: (description: DescriptionBuilder) => void): Description['access'] =>
        described((description) => {
          description.embargoEnds(end);
          say(description);
        }).access;
      expect(access(() => undefined)).to.deep.equal({ right: 'embargoed', embargoEnds: end });
      expect(access((description) => description.file(pdf, { access: 'open' }))).to.deep.equal({
        right: 'open',
      });
      expect(access((description) => description.accessRight('restricted'))).to.deep.equal({
        right: 'restricted',
      });
      expect(described((description) => description.date(end, 'available'))).not.to.have.property('access');
    });
  });

  it('has facts of files, put together where a file is told of twice', () => {
    const { files } = described((description) => {
      description.file(`${pdf}?utm_source=x`, { length: '17', access: 'open' });
      description.file(pdf, {
        format: 'Application/PDF; q=1',
        length: 18,
        access: 'embargoed access',
        sha256: 'AB'.repeat(32),
      });
      description.file('ftp://repository.example/2.pdf');
      description.file('2.pdf', { sha256: 'x' });
    });
    expect(files).to.deep.equal([
      { url: pdf, format: 'application/pdf', length: 17, sha256: 'ab'.repeat(32), access: 'embargoed' },
    ]);
  });

  it('completes known funders, and names a grant once', () => {
    const { funding } = described((description) => {
      description.grant({ funder: 'ec', award: '1' });
      description.grant({ funder: 'European Commission', award: '1' });
      description.grant({ funderId: 'http://dx.doi.org/10.13039/501100000780' });
      description.grant({ funder: 'Wellcome Trust', funderId: 'https://ror.org/029chgv08' });
      description.grant({ award: 'A/1' });
      description.grant({ funder: ' ', funderId: 'none' });
    });
    const ec = { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780' };
    expect(funding).to.deep.equal([
      { ...ec, award: '1' },
      ec,
      { funder: 'Wellcome Trust', funderId: 'https://ror.org/029chgv08' },
      { award: 'A/1' },
    ]);
  });

  it('fills in of the journal what is not known yet', () => {
    const { source } = described((description) => {
      description.source('D-Lib Magazine; Vol. 9');
      description.journal({ title: 'Another', issue: '3', pages: '1 – 2' });
      description.journal({});
    });
    expect(source).to.deep.equal({ title: 'D-Lib Magazine', volume: '9', issue: '3', pages: '1-2' });
    const apart = described((description) => {
      description.source('Conference, 9-13 June 2014');
      description.journal({ title: 'Proceedings' });
    });
    expect(apart.source).to.deep.equal({ title: 'Proceedings' });
  });

  it('has references with what identifies them, each once', () => {
    const doi = { scheme: 'doi', value: '10.1000/182' } as const;
    const { references } = described((description) => {
      description.reference({ text: 'A. <i>Title</i>, ISSN 1082-9873, doi:10.1000/182.', year: 'c2010' });
      description.reference({ identifier: doi, text: 'The same' });
      description.reference({ title: 'Another', year: '1999' });
      description.reference({ text: '  ' });
      description.reference({ text: '😀'.repeat(300) });
    });
    expect(references.slice(0, 2)).to.deep.equal([
      { text: 'A. Title, ISSN 1082-9873, doi:10.1000/182.', identifier: doi, year: '2010' },
      { text: 'Another, 1999', title: 'Another', year: '1999' },
    ]);
    expect(references).to.have.length(3);
    expect(references[2]!.text.length).to.be.at.most(500);
    expect(references[2]!.text).to.match(/^(?:😀)+…$/u);
  });
});
