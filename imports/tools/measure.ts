import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { rollout } from '../../test/imports/objects';
import { compileValidator, compileValidators, type Validator } from '../compile';
import { listKinds, schemaFor } from '../index';

type Line = readonly [what: string, value: string];

/** The sizes and times that imports/README.md states, as lines of text. */
export function measure(imports: string): string {
  const lines = [...folders(imports), ...loading(), ...validators()];
  return lines.map(([what, value]) => `${what.padEnd(66)}${value}\n`).join('');
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
/** Of a batch of 1000: each one's time. */
const microseconds = (batch = 0): string => `${batch.toFixed(1)} µs`;
const milliseconds = (time: number): string => `${time.toFixed(1)} ms`;

function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

function folders(imports: string): readonly Line[] {
  return ['src', 'schemas', 'tools'].map((folder) => {
    const paths = readdirSync(join(imports, folder), { recursive: true, encoding: 'utf8' });
    const files = paths.map((path) => statSync(join(imports, folder, path))).filter((file) => file.isFile());
    const largest = Math.max(...files.map((file) => file.size));
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    return [`${folder}/`, `${files.length} files, ${kilobytes(bytes)}, the largest ${kilobytes(largest)}`];
  });
}

function loading(): readonly Line[] {
  const [kinds, indexTime] = timed(listKinds);
  const [, schemaTime] = timed(() => schemaFor('argoproj.io/v1alpha1', 'Rollout'));
  const start = (code: string): number => timed(() => execFileSync(process.execPath, ['-e', code]))[1];
  const nodeTime = Math.min(start('0'), start('0'));
  return [
    ['listKinds(), first call', `${milliseconds(indexTime)}, ${kinds.length} kinds`],
    ['schemaFor(Rollout), first call', milliseconds(schemaTime)],
    ["loading ajv's compiler, more than an empty Node", milliseconds(start("require('ajv')") - nodeTime)],
  ];
}

function validators(): readonly Line[] {
  const kinds = listKinds().filter(({ typed }) => typed);
  const [single, singleTime] = timed(() => compileValidator('argoproj.io/v1alpha1', 'Rollout'));
  const [all, allTime] = timed(() => compileValidators(kinds));
  const small = transformSync(all, { minify: true }).code;
  const [module, loadTime] = timed(() => evaluate(small));
  const validate = module['argoproj.io/v1alpha1/Rollout'];
  if (validate === undefined) throw new Error('no validator of a Rollout');
  const [valid, firstTime] = timed(() => validate(rollout));
  if (!valid) throw new Error(`the Rollout is not valid: ${JSON.stringify(validate.errors)}`);
  const batch = (): number => timed(() => Array.from({ length: 1000 }, () => validate(rollout)))[1];
  const batches = Array.from({ length: 30 }, batch);
  return [
    ['validator of Rollout: compile, code', `${milliseconds(singleTime)}, ${kilobytes(single.length)}`],
    [
      `validators of ${kinds.length} kinds: compile, code, minified`,
      `${milliseconds(allTime)}, ${kilobytes(all.length)}, ${kilobytes(small.length)}`,
    ],
    ['… loading the module without a code cache', milliseconds(loadTime)],
    [
      `a Rollout of ${JSON.stringify(rollout).length} characters: first, of the first 1000, at best`,
      `${milliseconds(firstTime)}, ${microseconds(batches[0])}, ${microseconds(Math.min(...batches))}`,
    ],
  ];
}

function evaluate(code: string): Readonly<Record<string, Validator>> {
  const module = { exports: {} };
  const load = runInThisContext(`(function (module, exports, require) {${code}\n})`);
  load(module, module.exports, createRequire(__filename));
  return module.exports;
}
