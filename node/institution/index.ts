/** What the institution says of itself: its name, repositories, contact and logo. */
export {
  institutionSchema,
  mailOf,
  MOST_REPOSITORIES,
  NAME_LANGUAGES,
  type InstitutionDocument,
  type InstitutionFields,
  type NameLanguage,
  type Repository,
} from './description.ts';
export { InstitutionError } from './errors.ts';
export { Institution, type InstitutionDefaults } from './institution.ts';
export { LOGO_BYTES, type Logo } from './logo.ts';
export { offeredRepositories } from './offered-repositories.ts';
export { registries, registryNames, type RegistryName } from './registries.ts';
