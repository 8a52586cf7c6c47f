/** The places of the minimal catalog that cases edit. */
export const WEB = 'services/web';
export const API = 'services/api';
export const GATE = `${WEB}/gates/errors`;
export const MIGRATIONS = 'migrations/api';
