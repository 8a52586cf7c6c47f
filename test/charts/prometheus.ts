import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One series: its name with labels, and its samples as they were scraped; undefined where it was not there. */
export interface Scraped {
  readonly series: string;
  readonly samples: readonly (number | undefined)[];
}

/** A Prometheus with blocks made of what was scraped, until it is stopped. */
export class Prometheus {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #address: string;

  private constructor(folder: string, process: ChildProcess, address: string) {
    this.#folder = folder;
    this.#process = process;
    this.#address = address;
  }

  /** Starts one with series that were scraped at these times, in seconds since 1970. */
  static async start(
    { prometheus, promtool }: { readonly prometheus: string; readonly promtool: string },
    scraped: readonly Scraped[],
    times: readonly number[],
  ): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'cutover-prometheus-'));
    const told = join(folder, 'scraped.txt');
    writeFileSync(told, openMetrics(scraped, times));
    execFileSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', told, join(folder, 'data')], {
      stdio: 'pipe',
    });
    writeFileSync(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
    const address = `127.0.0.1:${await freePort()}`;
    const process = spawn(
      prometheus,
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        '--storage.tsdb.retention.time=30d',
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const started = new Prometheus(folder, process, `http://${address}`);
    await started.#ready();
    return started;
  }

  /** The values of a query at a time, in the order of Prometheus; a scalar is one number. */
  async ask(query: string, atSeconds: number): Promise<readonly number[]> {
    const parameters = new URLSearchParams({ query, time: String(atSeconds) });
    const response = await fetch(`${this.#address}/api/v1/query?${parameters}`);
    const { data, error } = (await response.json()) as Answer;
    if (data === undefined) throw new Error(`${error}: ${query}`);
    return data.result.map(({ value: [, text] }) => (text === '+Inf' ? Infinity : Number(text)));
  }

  stop(): void {
    this.#process.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      const response = await fetch(`${this.#address}/-/ready`).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    this.stop();
    throw new Error('Prometheus did not start');
  }
}

interface Answer {
  readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
  readonly error?: string;
}

/** The text format; each series has all of its samples in the order of their times. */
function openMetrics(scraped: readonly Scraped[], times: readonly number[]): string {
  const names = new Map<string, string[]>();
  for (const { series, samples } of scraped) {
    const name = series.slice(0, series.indexOf('{'));
    const lines = names.get(name) ?? [];
    for (const [i, sample] of samples.entries()) {
      if (sample !== undefined) lines.push(`${series} ${Number.isNaN(sample) ? 'NaN' : sample} ${times[i]}`);
    }
    names.set(name, lines);
  }
  const families = [...names].map(([name, lines]) => `# TYPE ${name} unknown\n${lines.join('\n')}\n`);
  return `${families.join('')}# EOF\n`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
