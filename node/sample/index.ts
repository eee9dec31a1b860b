/** The bundled sample repositories, served by OAI-PMH as a real repository would. */
export { SampleError } from './errors.ts';
export { sampleDirectory, sampleNames } from './sample-directories.ts';
export type { SampleRepository } from './sample-repository.ts';
export { type RunningSampleRepository, startSampleRepository } from './start.ts';
