import { configJsonSchema, overrides, type JsonSchema } from '../../node/config/index.ts';

/** The JSON Schema of ngr.config.json, as the file that editors read. */
export function configurationSchema(): string {
  return `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`;
}

/** The page docs/configuration.md: each setting, what it means, and what else sets it. */
export function configurationPage(): string {
  return `# Configuration

Everything starts without a configuration. \`ngr init\` asks five questions and writes \`ngr.config.json\`; its \`$schema\`
lets an editor complete the names and tell what is wrong. An environment variable wins over the file, a flag of
\`ngr start\` over both. Relative paths in the file start at its folder.

This page is made from \`node/config/schema.ts\` by \`npm run build\`.

| setting | default | what it is | variable and flag |
| --- | --- | --- | --- |
${rows(configJsonSchema()).join('\n')}

## An example

\`\`\`json
${JSON.stringify(example, undefined, 2)}
\`\`\`
`;
}

const example = {
  $schema: './ngr.config.schema.json',
  name: 'Example University',
  contact: 'repository@example.edu',
  baseUrl: 'https://node.example.edu',
  networks: ['example-consortium'],
  sources: [{ type: 'oai-pmh', url: 'https://repository.example.edu/oai' }],
  http: { host: '127.0.0.1', trustProxy: true },
};

function rows(schema: JsonSchema, prefix = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, setting]) => {
    if (name === '$schema') return [];
    const path = prefix + name;
    if (setting.properties !== undefined) return rows(setting, `${path}.`);
    const items = setting.items?.properties === undefined ? [] : rows(setting.items, `${path}[].`);
    return [row(path, setting), ...items];
  });
}

function row(path: string, { default: preset, description = '' }: JsonSchema): string {
  const { variable, usage } = overrides.find(({ setting }) => setting === path.replace('[]', '.0')) ?? {};
  const shown = preset === undefined ? '' : `\`${JSON.stringify(preset)}\``;
  const otherWays = variable === undefined ? '' : `\`${variable}\` \`${usage}\``;
  return `| \`${path}\` | ${shown} | ${description} | ${otherWays} |`;
}
