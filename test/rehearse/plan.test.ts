import { planOf, statementsOf, versionsBeside } from '../../lib/rehearse/plan';
import { fileOf, migrationsWith, sampleMigrations } from './tools';

const AT = 'services.backend.migrations';

test('the sample begins behind what its lowest version needs, with the versions that run beside each file', () => {
  const { plan, findings } = planOf(sampleMigrations(), undefined, AT);
  expect(findings).toEqual([]);
  expect(plan?.base).toBe('1');
  expect(plan?.stages.map(({ file, versions }) => [file.version, versions])).toEqual([
    ['1.1', ['2.3.0']],
    ['1.1.1', ['2.3.0']],
    ['1.1.2', ['2.3.0', '2.4.0']],
    ['1.2', ['2.5.0']],
  ]);
  expect(plan?.stages[0]?.probes).toContainEqual({
    version: '2.3.0',
    name: 'revoke',
    kind: 'write',
    sql: 'UPDATE users SET email_confirmed_at = NULL WHERE email = $1',
    parameters: [{ kind: 'column', table: 'users', column: 'email' }],
  });
});

describe('versions beside a migration', () => {
  const versions = ['1.0.0', '1.9.0', '1.10.0', '1.11.0'].map((version, i) => ({
    ...{ version, schema: String(i + 1), probes: [] },
  }));
  const files = [
    ['2', 'expand'],
    ['3', 'expand'],
    ['4', 'expand'],
    ['5', 'contract'],
    ['6', 'expand'],
  ].map(([version = '', phase = '']) => ({ version, phase }));
  const rehearsal = { versions, invariants: [], seed: undefined };
  const beside = (version: string, releases: { contract: string; release: string }[] = []) =>
    versionsBeside({ ...rehearsal, releases }, files, { version }).map((one) => one.version);

  test.each([
    ['2', ['1.0.0']],
    ['3', ['1.0.0', '1.9.0']],
    ['4', ['1.9.0', '1.10.0']],
    ['5', ['1.10.0', '1.11.0']],
  ])('%s', (version, expected) => expect(beside(version)).toEqual(expected));

  test('of a contract: its release and the one before it, and from then on nobody older', () => {
    expect(beside('5', [{ contract: '5', release: '1.11.0' }])).toEqual(['1.10.0', '1.11.0']);
    expect(beside('5', [{ contract: '5', release: '1.12.0' }])).toEqual(['1.11.0']);
    expect(beside('6', [{ contract: '5', release: '1.12.0' }])).toEqual(['1.11.0']);
  });
});

test('what the catalog names and is not there is told with its place', () => {
  const migrations = migrationsWith([fileOf('1', 'SELECT 1;'), fileOf('2', 'SELECT 2;')], {
    versions: [{ version: '1.0.0', schema: '7', probes: [] }],
    invariants: [{ name: 'even', since: '2', until: '8', sql: 'SELECT 1' }],
  });
  const { plan, findings } = planOf(migrations, '9', AT);
  expect(plan).toBeUndefined();
  expect(findings.map(({ code, path }) => [code, path])).toEqual([
    ['MIG011', `${AT}.rehearsal.versions["1.0.0"].schema`],
    ['MIG011', `${AT}.rehearsal.invariants.even.until`],
    ['MIG011', '--from'],
  ]);
});

test('without a migration behind the first there is nothing to rehearse', () => {
  const only = migrationsWith([fileOf('1', 'SELECT 1;')], {});
  expect(planOf(only, undefined, AT).findings.map(({ code }) => code)).toEqual(['MIG013']);
  const two = migrationsWith([fileOf('1', 'SELECT 1;'), fileOf('2', 'SELECT 2;')], {});
  expect(planOf(two, undefined, AT).plan?.stages).toHaveLength(1);
});

test('statements stand where they begin', () => {
  expect(statementsOf('-- why\nSELECT 1;\n\n  DO $$ BEGIN; END $$;')).toEqual([
    { text: 'SELECT 1', line: 2, column: 1 },
    { text: 'DO $$ BEGIN; END $$', line: 4, column: 3 },
  ]);
});
