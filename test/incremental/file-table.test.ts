import * as fc from 'fast-check';
import { columnsOf, type Files, FileTable } from '../../lib/incremental/file-table';

const tableOf = (all: ReadonlyMap<string, Files>) => new FileTable(JSON.parse(JSON.stringify(columnsOf(all))));

const name = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('|'));
const number = fc.double({ noNaN: true });

const filesOf = (hasContents: boolean) =>
  fc.array(fc.record({ path: name, content: name, number, time: number }), { maxLength: 9 }).chain((paths) =>
    fc.record({ mark: name, folders: fc.nat({ max: paths.length }) }).map(
      ({ mark, folders }): Files => ({
        mark,
        folders,
        paths: paths.map(({ path }) => path),
        contents: hasContents ? paths.map(({ content }) => content) : [],
        stamps: paths.flatMap((one) => [one.number, one.time]),
        at: 0,
      }),
    ),
  );

function plain(files: Files | undefined) {
  if (files === undefined) return undefined;
  const { table: _, stamps, at, ...rest } = files;
  return { ...rest, stamps: Array.from(stamps).slice(at, at + 2 * files.paths.length), at: 0 };
}

test.each([true, false])('what is put in columns comes out as it was (contents: %p)', (hasContents) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, filesOf(hasContents)), { maxLength: 9 }), (entries) => {
      const all = new Map(entries);
      const table = tableOf(all);
      for (const [key, files] of all) expect(plain(table.get(key))).toEqual(files);
      expect(table.get('(none)')).toBeUndefined();
    }),
  );
});

const files: Files = { mark: 'm', paths: ['a'], folders: 0, contents: [], stamps: [1, 2], at: 0 };

test.each<[string, string, Partial<Files>]>([
  ['a key', 'k|', {}],
  ['a mark', 'k', { mark: 'm|' }],
  ['a path', 'k', { paths: ['a|b'] }],
])('%s that would be taken for two is not kept, and nothing else is lost', (_what, key, changed) => {
  const table = tableOf(
    new Map([
      ['before', files],
      [key, { ...files, ...changed }],
      ['behind', files],
    ]),
  );
  expect([table.get(key), plain(table.get('before')), plain(table.get('behind'))]).toEqual([undefined, files, files]);
});
