import { expect } from 'chai';
import { messagesIn } from '../../node/dashboard/messages/index.ts';
import {
  checkedInstitution,
  readInstitutionForm,
  typedOf,
} from '../../node/dashboard/pages/institution-form.ts';
import type { InstitutionFields } from '../../node/institution/index.ts';

const words = messagesIn('en').institution.faults;
const defaults = { name: 'Configured', contact: 'configured@example.edu' };
const row = (n: number, fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`repository-${n}-${name}`, value]));
const theses = { name: 'Theses', url: 'https://theses.example/' };
const data = { name: 'Data', url: 'https://data.example/' };

function said(fields: Record<string, string>): InstitutionFields {
  const checked = checkedInstitution(readInstitutionForm(new URLSearchParams(fields)), words);
  if ('faults' in checked) throw new Error(JSON.stringify([...checked.faults]));
  return checked.fields;
}
function faults(fields: Record<string, string>): [string, string][] {
  const checked = checkedInstitution(readInstitutionForm(new URLSearchParams(fields)), words);
  return 'faults' in checked ? [...checked.faults] : [];
}

describe('the form of the institution', () => {
  it('says what is filled in, and nothing of what is empty', () => {
    expect(said({})).to.deep.equal({ names: {}, repositories: [] });
    expect(
      said({
        name: ' Wyreford ',
        'name-fr': 'Université de Wyreford',
        description: 'One.\r\n\r\nTwo.',
        contact: '',
        ror: '013meh722',
        ...row(0, { ...theses, opendoar: '165', platform: 'DSpace 7.6' }),
      }),
    ).to.deep.equal({
      name: 'Wyreford',
      names: { fr: 'Université de Wyreford' },
      description: 'One.\n\nTwo.',
      ror: 'https://ror.org/013meh722',
      repositories: [{ ...theses, opendoar: '165', platform: 'DSpace 7.6' }],
    });
  });

  it('drops rows that were emptied, are ticked to go, or were spare', () => {
    const emptied = row(0, { name: '', url: ' ', platform: '' });
    const ticked = row(1, { ...data, remove: 'on' });
    const spare = row(3, { name: '', url: '' });
    expect(said({ ...emptied, ...ticked, ...row(2, theses), ...spare }).repositories).to.deep.equal([theses]);
  });

  it('passes over what is no field of it', () => {
    const odd = {
      'repository-0-__proto__': 'x',
      'repository--1-name': 'x',
      'repository-999-name': 'x',
      other: 'x',
    };
    expect(said(odd)).to.deep.equal({ names: {}, repositories: [] });
  });

  it('tells what is wrong by the fields as they are shown again', () => {
    expect(
      faults({
        name: 'x'.repeat(201),
        'name-es': 'A\u0007',
        contact: 'call us',
        ror: '013meh723',
        ...row(0, { name: '' }),
        ...row(1, { name: 'Theses' }),
        ...row(2, { ...data, oaiBaseUrl: 'data', opendoar: 'x', roar: '0', re3data: '1' }),
      }),
    ).to.deep.equal([
      ['name', 'At most 200 characters.'],
      ['name-es', 'Plain text in one line only.'],
      ['contact', words.reach],
      ['ror', words.ror],
      ['repository-0-url', 'This is needed.'],
      ['repository-1-oaiBaseUrl', words.url],
      ['repository-1-opendoar', 'That is no id in OpenDOAR.'],
      ['repository-1-roar', 'That is no id in ROAR.'],
      ['repository-1-re3data', 'That is no id in re3data.'],
    ]);
  });

  it('says that repositories are too many', () => {
    const many = Array.from({ length: 51 }, (_, n) => row(n, theses));
    expect(faults(Object.assign({}, ...many) as Record<string, string>)).to.deep.equal([
      ['repositories', 'At most 50 repositories.'],
    ]);
  });

  it('shows what was said, and leaves empty what is configured', () => {
    const fields = said({ description: 'One.', 'name-en': 'Wyreford', ...row(0, { ...theses, roar: '7' }) });
    const document = { ...defaults, names: fields.names ?? {}, description: 'One.' };
    const typed = typedOf(document, fields.repositories ?? [], defaults);
    expect(typed.single).to.deep.equal({
      name: '',
      description: 'One.',
      contact: '',
      helpdesk: '',
      ror: '',
      region: '',
    });
    expect(typed.names).to.deep.equal({ en: 'Wyreford', es: '', pt: '', fr: '' });
    expect(typed.repositories).to.deep.equal([
      { ...theses, platform: '', oaiBaseUrl: '', opendoar: '', roar: '7', re3data: '' },
    ]);
    const again = checkedInstitution(typed, words);
    expect(again).to.deep.equal({ fields });
  });
});
