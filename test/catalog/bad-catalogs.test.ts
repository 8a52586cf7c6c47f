import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG_CODES, RETIRED_CATALOG_CODES } from '../../lib/catalog/codes';
import { readCatalog } from '../../lib/catalog/read';
import type { Diagnostic } from '../../lib/diagnostic/diagnostic';
import { BAD_CATALOGS, type BadCatalog } from './bad-catalogs';
import { edited, MINIMAL, MINIMAL_FILES, removeWorkspaces, workspace } from './minimal';

afterAll(removeWorkspaces);

function read({ edit = {}, text = (given) => given, files = {} }: Omit<BadCatalog, 'name' | 'told'>) {
  const root = workspace({ ...MINIMAL_FILES, ...files });
  const file = join(root, 'services.json');
  writeFileSync(file, text(JSON.stringify(edited(MINIMAL, edit), null, 2)));
  return readCatalog(file);
}

const placeOf = ({ code, path }: Diagnostic) => [code, path];
const severities: ReadonlyMap<string, string> = new Map(
  Object.entries(CATALOG_CODES).map(([code, { severity }]) => [code, severity]),
);

test('the minimal catalog has no fault and no warning', () => {
  const { releases, diagnostics } = read({});
  expect(diagnostics).toEqual([]);
  expect(releases.map(({ environment, services }) => [environment.name, services.map(({ key }) => key)])).toEqual([
    ['production', ['api', 'web']],
    ['staging', ['api', 'web']],
  ]);
});

describe.each(BAD_CATALOGS)('$name', (bad) => {
  test('tells every fault with its code and place, and nothing else', () => {
    const { releases, diagnostics } = read(bad);
    expect(diagnostics.map(placeOf)).toEqual(bad.told);
    expect(diagnostics.map((one) => one.severity)).toEqual(bad.told.map(([code]) => severities.get(code)));
    expect(releases.length > 0).toBe(diagnostics.every((one) => one.severity !== 'error'));
    const [first] = diagnostics;
    if (bad.at) expect([first?.position?.line, first?.position?.column]).toEqual(bad.at);
    expect(first?.hint ?? '').toContain(bad.hint ?? '');
    expect(first?.message ?? '').toContain(bad.says ?? '');
    for (const { hint, message, position } of diagnostics) {
      expect(hint ?? '').not.toBe('');
      expect(message.length).toBeLessThan(600);
      expect(position?.file).toBe('services.json');
    }
  });
});

test('a file that is not there is a finding', () => {
  const { diagnostics, input } = readCatalog(join(workspace({}), 'services.json'));
  expect([input, diagnostics.map(placeOf)]).toEqual([undefined, [['CAT009', '(root)']]]);
  expect(diagnostics[0]?.hint).toBe('run this in the folder of services.json');
});

test('a folder in place of the file is a finding', () => {
  expect(readCatalog(workspace({})).diagnostics.map(placeOf)).toEqual([['CAT009', '(root)']]);
});

describe('the registry', () => {
  test.each(Object.keys(CATALOG_CODES))('%s has a bad catalog', (code) => {
    expect(BAD_CATALOGS.some(({ told }) => told.some(([one]) => one === code))).toBe(true);
  });

  test('no code that is in use is retired, and none of the table is unknown', () => {
    const used = Object.keys(CATALOG_CODES);
    expect(used.filter((code) => RETIRED_CATALOG_CODES.includes(code))).toEqual([]);
    expect(
      BAD_CATALOGS.flatMap(({ told }) => told.map(([code]) => code)).filter((code) => !used.includes(code)),
    ).toEqual([]);
  });

  test('every title is a sentence of its own', () => {
    const titles = Object.values(CATALOG_CODES).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.filter((title) => !/^[A-Z]/.test(title) || title.endsWith('.'))).toEqual([]);
  });

  test('there are many bad catalogs, each with a name of its own', () => {
    const names = BAD_CATALOGS.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(new Set(names).size).toBe(names.length);
  });
});
