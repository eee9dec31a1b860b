/** The releases of the Code of Practice that reports are made in. */
export type Release = '5.1' | '5';

/** How a release is written in the paths of the API (CoP 5.1, section 8.1). */
export const releasePaths: Readonly<Record<Release, string>> = { '5.1': 'r51', '5': 'r5' };
