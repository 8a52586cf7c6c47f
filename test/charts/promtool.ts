import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listAt } from '../../lib/manifest/object';
import { toYaml } from '../../lib/manifest/yaml';

/** Series by their names with labels, each with its values in promtool's notation. */
export type Series = Readonly<Record<string, string>>;

/** A value for so many minutes, then the next one; one sample each half minute. A series that is gone is marked as stale. */
export const over = (...parts: readonly (readonly [value: 'gone' | number, minutes: number])[]): string =>
  parts
    .map(([value, minutes]) => (value === 'gone' ? `stale _x${minutes * 2 - 1}` : `${value}x${minutes * 2 - 1}`))
    .join(' ');

/** What an alert must do at a time. */
export interface Case {
  readonly what: string;
  readonly series: Series;
  /** Minutes after the time at which the tests begin. */
  readonly at: number;
  /** What it tells of in its labels; undefined where it must be quiet. */
  readonly tells?: Series;
}

export const fires = (what: string, at: number, series: Series, tells: Series = {}): Case => ({
  what,
  series,
  at,
  tells,
});
export const quiet = (what: string, at: number, series: Series): Case => ({ what, series, at });

export interface Rule {
  readonly alert?: string;
  readonly labels?: Series;
  readonly annotations?: Series;
}

export const rulesOf = (prometheusRule: unknown): readonly Rule[] =>
  listAt(listAt(prometheusRule, 'spec.groups')[0], 'rules') as readonly Rule[];

/** An alert at a time, with all that it says where it fires. */
export interface Expectation {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts: readonly { readonly exp_labels: Series; readonly exp_annotations: Series }[];
}

export interface Trial {
  readonly series: Series;
  readonly expectations: readonly Expectation[];
}

/** A rendered PrometheusRule on the engine of Prometheus, by `promtool test rules`. */
export class Promtool {
  readonly rules: readonly Rule[];
  readonly #promtool: string;
  readonly #folder: string;

  constructor(promtool: string, prometheusRule: unknown) {
    this.#promtool = promtool;
    this.#folder = mkdtempSync(join(tmpdir(), 'cutover-alerts-'));
    this.rules = rulesOf(prometheusRule);
    writeFileSync(join(this.#folder, 'rules.yaml'), toYaml({ groups: listAt(prometheusRule, 'spec.groups') }));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What it says to one alert at one time; `tells` undefined: it does not fire. `which` of several with the same name. */
  expectation(alertname: string, minutes: number, tells: Series | undefined, which = 0): Expectation {
    const { labels = {}, annotations = {} } = this.rules.filter(({ alert }) => alert === alertname)[which] ?? {};
    const all = { ...labels, ...tells };
    const told = (text: string) =>
      text.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: keyof typeof all) => all[label] ?? '?');
    const texts = Object.entries(annotations).map(([name, text]) => [name, told(text)]);
    const alerts = [{ exp_labels: all, exp_annotations: Object.fromEntries(texts) }];
    return { eval_time: `${minutes}m`, alertname, exp_alerts: tells === undefined ? [] : alerts };
  }

  /** Throws where an expectation does not hold. */
  run(...trials: readonly Trial[]): string {
    const tests = trials.map(({ series, expectations }) => ({
      interval: '30s',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      alert_rule_test: expectations,
    }));
    const file = join(this.#folder, 'test.yaml');
    writeFileSync(file, toYaml({ rule_files: ['rules.yaml'], evaluation_interval: '30s', tests }));
    return execFileSync(this.#promtool, ['test', 'rules', file], { encoding: 'utf8', stdio: 'pipe' });
  }

  /** Each case of an alert; one start for all of them. */
  try(alertname: string, begin: number, cases: readonly Case[]): string {
    return this.run(
      ...cases.map(({ series, at, tells }) => ({
        series,
        expectations: [this.expectation(alertname, begin + at, tells)],
      })),
    );
  }
}
