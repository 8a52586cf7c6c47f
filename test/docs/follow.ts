import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { blockOf, type Document, type Fence } from './markdown';
import { NOT_RENDERED, NOT_RUN } from './not-run';
import type { RenderedObject, Sandbox } from './sandbox';

const notRun: ReadonlySet<string> = new Set(Object.values(NOT_RUN).flat());

/** The commands of a block; a line that ends in `|` or within quotes goes on in the next. */
export function commandsOf(text: string): readonly string[] {
  const commands: string[] = [];
  let command = '';
  for (const line of text.split('\n')) {
    command = command === '' ? line : `${command}\n${line}`;
    const goesOn = command.endsWith('|') || command.split("'").length % 2 === 0;
    if (!goesOn && command.trim() !== '') commands.push(command);
    if (!goesOn) command = '';
  }
  if (command !== '') commands.push(command);
  return commands;
}

/**
 * Does what a document says, block by block: writes and patches its files, runs its commands, compares their output. Gives what
 * went otherwise, with the line in the document.
 */
export function follow(document: Document, sandbox: Sandbox): readonly string[] {
  const found: string[] = [];
  for (const [i, fence] of document.fences.entries()) {
    const tell = (problem: string) => found.push(`${document.path}:${fence.line}: ${problem}`);
    const block = blockOf(fence);
    if (block?.kind === 'whole') sandbox.write(block.file, `${fence.text}\n`);
    if (block?.kind === 'patch') patch(sandbox, block.file, fence.text, tell);
    if (block?.kind === 'commands') run(sandbox, fence, document.fences[i + 1], tell);
    // What comes after a fault is a consequence of it.
    if (found.length > 0) return found;
  }
  return found;
}

function patch(sandbox: Sandbox, file: string, diff: string, tell: (problem: string) => void): void {
  const side = (other: string) =>
    diff
      .split('\n')
      .filter((line) => !line.startsWith(other))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const parts = `\n${sandbox.read(file)}`.split(`\n${side('+')}`);
  const [before, after] = parts;
  if (parts.length !== 2 || before === undefined || after === undefined)
    tell(`what it changes stands ${parts.length - 1} times in ${file}`);
  else sandbox.write(file, `${before}\n${side('-')}${after}`.slice(1));
}

function run(sandbox: Sandbox, fence: Fence, next: Fence | undefined, tell: (problem: string) => void): void {
  const script: string[] = [];
  for (const command of commandsOf(fence.text)) {
    for (const problem of staticProblems(command, sandbox)) tell(problem);
    if (!notRun.has(command)) script.push(command);
  }
  const expected = next === undefined ? undefined : blockOf(next);
  const output = expected?.kind === 'output' ? expected : undefined;
  if (script.length === 0) {
    if (output !== undefined) tell('an output follows, but nothing of the block is run');
    return;
  }
  const ran = sandbox.run(script.join('\n'));
  if (ran.status !== (output?.exit ?? 0)) tell(`exit ${ran.status} of\n${script.join('\n')}\n${ran.output}`);
  else if (output !== undefined && next !== undefined && !hasLines(ran.output, next.text))
    tell(`the output of the block is\n${ran.output}`);
}

/** Whether the lines stand in a text, together and in this order; blanks at the ends of lines do not count. */
export function hasLines(text: string, lines: string): boolean {
  const trimmed = (some: string) => `\n${some.replace(/[ \t]+$/gm, '')}\n`;
  return trimmed(text).includes(trimmed(lines));
}

/** What can be seen to be wrong with a command without running it. */
export function staticProblems(command: string, sandbox: Sandbox): readonly string[] {
  const problems: string[] = [];
  const scripts: Readonly<Record<string, string>> = JSON.parse(sandbox.read('package.json')).scripts;
  for (const match of command.matchAll(/\bnpm (?:run(?: --silent| -s)? )?([a-z:]+)/g)) {
    const script = match[1] ?? '';
    if (!['ci', 'run', 'audit'].includes(script) && scripts[script] === undefined)
      problems.push(`there is no npm script "${script}"`);
  }
  if (/^(kubectl|argocd|istioctl) /.test(command)) problems.push(...clusterProblems(command, sandbox));
  return problems;
}

const WORDS = new Set(
  'abort add analysisruns app apply application applications argo argocd configmap create delete describe edit get image install istioctl jobs kubectl label logs namespace patch promote repo retry rollback rollout rollouts set status terminate-op undo virtualservice'.split(
    ' ',
  ),
);

function clusterProblems(command: string, sandbox: Sandbox): readonly string[] {
  const problems: string[] = [];
  const objects = sandbox.objects();
  const names = new Set([...objects.map(({ metadata }) => metadata.name), ...NOT_RENDERED]);
  const namespaces = new Set([...objects.map(({ metadata }) => metadata.namespace ?? ''), ...NOT_RENDERED]);
  const words = command.split(/\s+/);
  for (const [i, word] of words.entries()) {
    const option = i === 0 ? '' : (words[i - 1] ?? '');
    if (word.startsWith('-') || word.startsWith('<')) continue;
    if (option === '-n') {
      if (!namespaces.has(word)) problems.push(`there is no namespace "${word}"`);
    } else if (option === '-f' || option === '--patch-file') {
      if (!word.startsWith('https://') && !existsSync(join(sandbox.root, word)))
        problems.push(`there is no file "${word}"`);
    } else if (option === '-l') {
      if (!objects.some((object) => labelled(object, word))) problems.push(`nothing has the label "${word}"`);
    } else if (option !== '--set' && option !== '-o' && !word.includes('=') && !WORDS.has(word) && !names.has(word)) {
      problems.push(`"${word}" is neither a word of a command nor a rendered object`);
    }
  }
  return problems;
}

function labelled({ metadata, spec }: RenderedObject, label: string): boolean {
  const [key = '', value] = label.split('=');
  return [metadata.labels, spec?.template?.metadata?.labels].some((labels) => labels?.[key] === value);
}
