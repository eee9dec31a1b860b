export { ConfigError, type ConfigErrorCode } from './errors.ts';
export { installation, type Installation } from './installation.ts';
export { DEFAULT_CONFIG_FILE, loadConfig } from './load.ts';
export { overrides, type ConfigFlags, type Environment, type Override } from './overrides.ts';
export { resolveConfig, type ConfigInput } from './resolve.ts';
export {
  configJsonSchema,
  settingSchema,
  type Config,
  type ConfigFile,
  type FilesSourceConfig,
  type JsonSchema,
  type OaiPmhSourceConfig,
  type ResourceSyncSourceConfig,
  type SourceConfig,
} from './schema.ts';
