import { parseArgs } from 'node:util';
import { type Wrong, wordsOf } from './words';

export const FORMATS = ['text', 'json', 'markdown', 'html'] as const;
export type PlanFormat = (typeof FORMATS)[number];

/** What `npm run plan` was asked for. */
export interface PlanOptions {
  readonly service: string | undefined;
  readonly environment: string | undefined;
  readonly format: PlanFormat;
  /** Where it is written to; undefined: to the standard output. */
  readonly out: string | undefined;
}

const OPTIONS = {
  service: { type: 'string' },
  environment: { type: 'string' },
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const read = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS });

/** The options, or in words what is wrong with them. */
export function planOptions(args: readonly string[]): PlanOptions | Wrong | 'help' {
  const values = wordsOf(() => read(args).values);
  if (typeof values === 'string') return { wrong: values };
  if (values.help) return 'help';
  const format = FORMATS.find((one) => one === values.format);
  if (format === undefined) return { wrong: `--format is one of ${FORMATS.join(', ')}` };
  return { service: values.service, environment: values.environment, format, out: values.out };
}
