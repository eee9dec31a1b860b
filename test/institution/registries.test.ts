import { expect } from 'chai';
import { readRor, registries, type RegistryName } from '../../node/institution/registries.ts';

describe('ids of registries', () => {
  const taken: [RegistryName, string, string][] = [
    ['opendoar', '165', '165'],
    ['opendoar', ' 11064 ', '11064'],
    ['opendoar', 'https://opendoar.ac.uk/repository/165', '165'],
    ['opendoar', 'https://opendoar.ac.uk/repository/165/', '165'],
    ['opendoar', 'https://v2.sherpa.ac.uk/id/repository/165', '165'],
    ['roar', '14208', '14208'],
    ['roar', 'http://roar.eprints.org/14208/', '14208'],
    ['roar', 'https://roar.eprints.org/14208', '14208'],
    ['re3data', 'r3d100010134', 'r3d100010134'],
    ['re3data', 'R3D100010134', 'r3d100010134'],
    ['re3data', 'https://www.re3data.org/repository/r3d100010134', 'r3d100010134'],
  ];
  for (const [registry, written, id] of taken)
    it(`of ${registry} are taken as “${written}”`, () => {
      expect(registries[registry].read(written)).to.equal(id);
      const address = registries[registry].address(id);
      expect(registries[registry].read(address)).to.equal(id);
    });

  const refused: [RegistryName, string][] = [
    ['opendoar', ''],
    ['opendoar', '0165'],
    ['opendoar', '-1'],
    ['opendoar', '16 5'],
    ['opendoar', '12345678'],
    ['opendoar', 'https://opendoar.ac.uk/search/165'],
    ['opendoar', 'https://opendoar.ac.uk.evil.example/repository/165'],
    ['opendoar', 'http://roar.eprints.org/165/'],
    ['roar', 'https://opendoar.ac.uk/repository/165'],
    ['roar', 'javascript:165'],
    ['re3data', '100010134'],
    ['re3data', 'r3d10001013'],
    ['re3data', 'https://doi.org/10.17616/R3989R'],
    ['re3data', 'r3d100010134"onclick=x'],
  ];
  for (const [registry, written] of refused)
    it(`of ${registry} are not “${written}”`, () => {
      expect(registries[registry].read(written)).to.equal(undefined);
    });
});

describe('a ROR id', () => {
  it('is taken as an address and alone, in any case', () => {
    for (const written of [
      'https://ror.org/013meh722',
      'ror.org/013meh722',
      '013MEH722',
      'http://www.ror.org/013meh722/',
    ])
      expect(readRor(written), written).to.equal('https://ror.org/013meh722');
    for (const id of ['05dxps055', '052gg0110', '036rp1748', '04m01e293', '02mhbdp94', '00f54p054'])
      expect(readRor(id), id).to.equal(`https://ror.org/${id}`);
  });

  it('is none where its check digits or its letters are wrong', () => {
    for (const written of [
      '',
      '013meh723',
      '103meh722',
      '013mel722',
      '013meh7220',
      '13meh722',
      'https://ror.example/013meh722',
      'https://ror.org/013meh722?x',
    ])
      expect(readRor(written), written).to.equal(undefined);
  });
});
