import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools/catalog';
import { commandsOf, follow, hasLines, staticProblems } from './follow';
import { blockOf, DOCUMENTS, parseDocument } from './markdown';
import { FOREIGN_PATHS, NOT_RUN, STOOD_IN } from './not-run';
import { type Sandbox, Sandboxes } from './sandbox';

jest.setTimeout(120_000);

let sandboxes: Sandboxes;
beforeAll(() => {
  sandboxes = new Sandboxes();
});
afterAll(() => sandboxes.remove());

const followed = DOCUMENTS.filter(({ path }) => !STOOD_IN.includes(path));

/** Paths that begin like this are meant from the root of the repository. */
const OWN_PATH = /^(?:charts|dist|docs|imports|lib|migrations|test)\/[\w./-]+$/;

const isCommand = (span: string): boolean => /^(?:npm|kubectl|argocd|istioctl) /.test(span);

describe.each(followed.map((document) => [document.path, document] as const))('%s', (_, document) => {
  let sandbox: Sandbox;
  beforeAll(() => {
    sandbox = sandboxes.make();
  });

  test('every block says what it is', () => {
    expect(document.fences.filter((fence) => blockOf(fence) === undefined).map(({ info }) => info)).toEqual([]);
  });

  test('what it says works', () => expect(follow(document, sandbox)).toEqual([]));

  test('what it names in the text exists', () => {
    const problems = document.code.filter(isCommand).flatMap((command) => staticProblems(command, sandbox));
    const missing = document.code
      .filter((span) => OWN_PATH.test(span) && !FOREIGN_PATHS.includes(span))
      .filter((path) => !existsSync(join(sandbox.root, path)) && !existsSync(join(ROOT, path)));
    expect([...problems, ...missing]).toEqual([]);
  });
});

test('the list of what is not run names nothing that no document has', () => {
  const commands = new Set(
    DOCUMENTS.flatMap(({ fences }) => fences)
      .filter((fence) => blockOf(fence)?.kind === 'commands')
      .flatMap(({ text }) => commandsOf(text)),
  );
  expect(
    Object.values(NOT_RUN)
      .flat()
      .filter((command) => !commands.has(command)),
  ).toEqual([]);
});

test('the documents have enough in them for this test to mean something', () => {
  const kinds = DOCUMENTS.flatMap(({ fences }) => fences).map((fence) => blockOf(fence)?.kind);
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  expect(count('commands')).toBeGreaterThan(30);
  expect(count('output')).toBeGreaterThan(8);
  expect(count('excerpt')).toBeGreaterThan(5);
});

describe('the test itself finds', () => {
  const problemsOf = (text: string) => follow(parseDocument('x.md', text), sandboxes.make());

  test('a command that is neither run nor listed', () => {
    expect(problemsOf('```sh\nkubectl-of-nobody get x\n```')[0]).toMatch(/^x\.md:1: exit 127 /);
  });
  test('a name that is not rendered', () => {
    expect(problemsOf('```sh\nkubectl get application shop -n argocd\n```')[0]).toContain('"shop" is neither');
  });
  test('a namespace, file, label or script that is not there', () => {
    const sandbox = sandboxes.make();
    const problems = ['kubectl get jobs -n x', 'kubectl apply -f x.yaml', 'kubectl get jobs -l a=b', 'npm run x'].map(
      (command) => staticProblems(command, sandbox),
    );
    expect(problems).toEqual([
      ['there is no namespace "x"'],
      ['there is no file "x.yaml"'],
      ['nothing has the label "a=b"'],
      ['there is no npm script "x"'],
    ]);
  });
  test('another output, and another exit code', () => {
    expect(problemsOf('```sh\necho a\n```\n```text output\nb\n```')[0]).toContain('the output of the block is\na');
    expect(problemsOf('```sh\necho a\n```\n```text output, exit 1\na\n```')[0]).toContain('exit 0 of');
    expect(hasLines('a\nb\nc', 'a\nc')).toBe(false);
  });
  test('a change of something that is not there', () => {
    expect(problemsOf('```diff services.json\n-nothing\n+something\n```')[0]).toContain('stands 0 times');
  });
});
