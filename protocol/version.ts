/**
 * Goes up whenever a schema changes (version.test.ts notices). A page one version older goes on working and is told to
 * reload; one older than that is refused with `outdated`.
 */
export const PROTOCOL_VERSION = 3;
