import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintManifests } from '../../../lib/lint/lint';
import { ROOT } from '../../tools/root';
import { CONTROLLER_CASES, manifestsOf } from './cases';

const lint = (text: string) => lintManifests([{ file: 'case.yaml', text }]);

describe('what controllers did with odd manifests is found before they do', () => {
  test.each(CONTROLLER_CASES.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const findings = lint(manifestsOf(one));
    const codes = [...new Set(findings.map(({ code }) => code))].sort();
    expect(codes).toEqual([...one.codes].sort());
    const severities = findings.map(({ severity }) => severity);
    expect(severities.includes('error') ? 'error' : severities[0]).toBe(one.worst);
  });
});

test('a place is that of the field', () => {
  const text = manifestsOf({ edits: [] }).replace('duration: 20s', 'duration: 1d');
  const [finding] = lint(text);
  expect(text.split('\n')[(finding?.line ?? 0) - 1]?.trim()).toBe('duration: 1d');
  expect(text.split('\n')[(finding?.line ?? 0) - 1]?.indexOf('duration')).toBe((finding?.column ?? 0) - 1);
});

/** The measurements stand beside the project where it is developed. */
const MEASURED = join(ROOT, '../shared/reference/controller-behaviour.md');

const there = existsSync(MEASURED);

(there ? test : test.skip)(
  `the list is that of the measurements${there ? '' : ' (skipped: they are not beside the project)'}`,
  () => {
    const text = readFileSync(MEASURED, 'utf8');
    const rows = [...text.matchAll(/^\| ([\w-]+) \| (?!accepted)/gm)].map(([, name]) => name);
    const names = CONTROLLER_CASES.map(({ name }) => name);
    expect(rows.filter((name) => name !== undefined && name !== 'case' && !names.includes(name))).toEqual([]);
  },
);
