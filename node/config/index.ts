export { ConfigError, type ConfigErrorCode } from './errors.ts';
export { installation, type Installation } from './installation.ts';
export { DEFAULT_CONFIG_FILE, loadConfig } from './load.ts';
export { overrides, type ConfigFlags, type Environment, type Override } from './overrides.ts';
export { resolveConfig, type ConfigInput } from './resolve.ts';
export { configJsonSchema, settingSchema, type JsonSchema } from './json-schema.ts';
export type { Config, ConfigFile } from './schema.ts';
export type {
  FilesSourceConfig,
  OaiPmhSourceConfig,
  ResourceSyncSourceConfig,
  SourceConfig,
} from './source-settings.ts';
