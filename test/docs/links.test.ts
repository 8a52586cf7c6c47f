import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../tools/catalog';
import { hasLines } from './follow';
import { ALL_DOCUMENTS, blockOf, DOCUMENTS, parseDocument } from './markdown';

const byPath = new Map(ALL_DOCUMENTS.map((document) => [document.path, document] as const));

/** What is wrong with a link of a document, or undefined. Addresses outside are not fetched. */
function linkProblem(from: string, target: string): string | undefined {
  if (/^https:\/\//.test(target)) return undefined;
  if (/^[a-z]+:/.test(target)) return 'neither https nor a file';
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : normalize(join(dirname(from), path));
  if (!existsSync(join(ROOT, file))) return `there is no ${file}`;
  if (anchor !== undefined && !byPath.get(file)?.anchors.has(anchor))
    return `there is no heading #${anchor} in ${file}`;
  return undefined;
}

test.each(ALL_DOCUMENTS.map((document) => [document.path, document] as const))('links of %s lead somewhere', (_, d) => {
  const broken = d.links.flatMap(({ line, target }) => {
    const problem = linkProblem(d.path, target);
    return problem === undefined ? [] : [`${d.path}:${line}: ${target}: ${problem}`];
  });
  expect(broken).toEqual([]);
});

test('a link to a file or heading that is not there is found', () => {
  expect(linkProblem('README.md', 'docs/nothing.md')).toBe('there is no docs/nothing.md');
  expect(linkProblem('README.md', 'docs/why.md#nothing')).toBe('there is no heading #nothing in docs/why.md');
  expect(linkProblem('README.md', 'docs/why.md#the-price-of-subsets')).toBeUndefined();
});

const excerpts = DOCUMENTS.flatMap((document) =>
  document.fences.flatMap((fence) => {
    const block = blockOf(fence);
    return block?.kind === 'excerpt' ? [[`${document.path}:${fence.line}`, block.file, fence.text] as const] : [];
  }),
);

test.each(excerpts)('%s is an excerpt of %s', (_, file, text) => {
  expect(hasLines(readFileSync(join(ROOT, file), 'utf8'), text)).toBe(true);
});

/** The most that people read without scrolling on GitHub; a link or a table row cannot be broken. */
const LONGEST = 140;

test.each(DOCUMENTS.map((document) => [document.path, document] as const))('lines of %s are not too long', (_, d) => {
  const inFence = new Set(d.fences.flatMap(({ line, text }) => text.split('\n').map((__, i) => line + 1 + i)));
  const long = d.lines.flatMap((text, i) =>
    text.length > LONGEST && !text.startsWith('|') && !inFence.has(i + 1) ? [`${d.path}:${i + 1}`] : [],
  );
  expect(long).toEqual([]);
});

test.each(DOCUMENTS.map((document) => [document.path, document] as const))('%s names no machine', (_, d) => {
  const text = d.lines.join('\n');
  expect(text).not.toMatch(/\/(?:work|home|root|Users|tmp)\//);
  expect(text).not.toMatch(/registry\.npmjs|npm\.pkg|ghcr\.io|docker\.io/);
  expect(text).not.toMatch(/\p{Extended_Pictographic}(?<![✖])/u);
});

test('headings are found as GitHub makes their anchors', () => {
  const { anchors, fences } = parseDocument('x.md', '# A, `b` & c\n## A\n## A\n```sh\n# no heading\n```\n');
  expect([...anchors]).toEqual(['a-b--c', 'a', 'a-1']);
  expect(fences).toEqual([{ line: 4, info: 'sh', text: '# no heading' }]);
});
