export { findCommand } from '../../lib/rehearse/commands';

/**
 * `describe` when nothing is missing, else `describe.skip` and one printed line that says what is.
 *
 * With CUTOVER_REQUIRE_TOOLS set a missing command is an error: a CI that installs the commands must not turn green
 * because an installation step was lost.
 */
export function describeWith(missing: readonly string[]): jest.Describe {
  if (missing.length === 0) {
    return describe;
  }
  const line = `not installed: ${missing.join(', ')}`;
  if (process.env.CUTOVER_REQUIRE_TOOLS !== undefined) {
    throw new Error(`${line} (CUTOVER_REQUIRE_TOOLS is set)`);
  }
  console.warn(`tests skipped, ${line}`);
  return describe.skip;
}
