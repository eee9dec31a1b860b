/** Of the body of a request to the API, bytes. */
export const BODY_LIMIT = 16 * 1024;
