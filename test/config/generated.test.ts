import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  configJsonSchema,
  installation,
  overrides,
  settingSchema,
  type JsonSchema,
} from '../../node/config/index.ts';
import { configurationPage, configurationSchema } from '../../scripts/build/configuration.ts';

const { root } = installation();

function settings(schema: JsonSchema, prefix = ''): [string, JsonSchema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, setting]): [string, JsonSchema][] =>
    setting.properties === undefined ? [[prefix + name, setting]] : settings(setting, `${prefix}${name}.`),
  );
}

describe('what is made from the settings', () => {
  it('is kept in the repository as the build makes it', async () => {
    expect(await readFile(join(root, 'ngr.config.schema.json'), 'utf8')).to.equal(configurationSchema());
    expect(await readFile(join(root, 'docs', 'configuration.md'), 'utf8')).to.equal(configurationPage());
  });

  it('says of each setting what it is', () => {
    const all = settings(configJsonSchema());
    expect(all.length).to.be.greaterThan(15);
    for (const [path, { description }] of all) expect(description, path).to.match(/\.$/);
    for (const [path] of all.filter(([path]) => path !== '$schema')) {
      expect(configurationPage(), path).to.include(`| \`${path}\` |`);
    }
  });

  it('knows the setting of each variable and flag', () => {
    for (const { setting } of overrides)
      expect(settingSchema(setting.split('.')), setting).not.to.equal(undefined);
  });

  it('lets an editor refuse what is not a setting', () => {
    expect(configJsonSchema()).to.include({ type: 'object', additionalProperties: false });
  });
});
