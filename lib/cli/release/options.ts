import { parseArgs } from 'node:util';
import { goSeconds } from '../../manifest/duration';
import { ACTIONS } from '../../release/actions';

export const COMMANDS = ['status', 'validate', 'history', 'rollback', ...ACTIONS] as const;
export type Command = (typeof COMMANDS)[number];

export const USAGE = `usage: npm run -s release -- <command> <service> [options]
  status    what the release is doing, and why; --watch follows it
  validate  waits until it is promoted, aborted or stuck: exits 0 promoted, 1 aborted or failed, 2 stuck or too late, 3 cannot tell
  history   the versions that were released, from the cluster and from Git
  rollback  makes the commit that takes the service back, on a branch; --to <commit>
  abort     all requests back to the stable version
  retry     begins an aborted release again
  promote   goes on from a pause, or past the step that runs; --full skips all that is left
  pause     stops at the next step; resume goes on

  --environment <name>     as in services.json; may be left out where only one has the service or fits the context
  --context <name>         of kubeconfig, else its current one; --kubeconfig <file>
  --namespace, --rollout   where the catalog does not say what is meant
  --argocd-context <name>  where Argo CD runs in another cluster
  --commit <commit>        status, validate: the commit that must have come to the cluster
  --timeout <duration>     validate: such as 20m, the default; --settle 10s: how long it looks for a release that is about to begin
  --to <commit>            rollback: the commit to go back to; --offline: asks no cluster
  --yes                    does not ask; --trust-context: the context is right, though nothing proves it
  --format text|json       --catalog <file>
`;

export interface Options {
  readonly command: Command;
  readonly service: string;
  readonly environment: string | undefined;
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly argocdContext: string | undefined;
  readonly namespace: string | undefined;
  readonly rollout: string | undefined;
  readonly catalog: string;
  readonly format: 'text' | 'json';
  readonly watch: boolean;
  readonly full: boolean;
  readonly yes: boolean;
  readonly trustContext: boolean;
  readonly offline: boolean;
  readonly timeoutSeconds: number;
  readonly settleSeconds: number;
  readonly commit: string | undefined;
  readonly to: string | undefined;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const OPTIONS = {
  environment: text,
  context: text,
  kubeconfig: text,
  'argocd-context': text,
  namespace: text,
  rollout: text,
  catalog: { type: 'string', default: 'services.json' },
  format: { type: 'string', default: 'text' },
  watch: flag,
  full: flag,
  yes: flag,
  'trust-context': flag,
  offline: flag,
  timeout: { type: 'string', default: '20m' },
  settle: { type: 'string', default: '10s' },
  commit: text,
  to: text,
  help: flag,
} as const;

/** What was asked, or why it cannot be understood. */
export function parseOptions(args: readonly string[]): Options | 'help' | { readonly fault: string } {
  try {
    return understand(parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }));
  } catch (error) {
    return { fault: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

type Given = ReturnType<typeof parseArgs<{ readonly allowPositionals: true; readonly options: typeof OPTIONS }>>;

function understand({ values, positionals }: Given): ReturnType<typeof parseOptions> {
  if (values.help) return 'help';
  const [name, service, ...rest] = positionals;
  const command = COMMANDS.find((one) => one === name);
  if (command === undefined)
    return { fault: name === undefined ? 'a command is missing' : `there is no command "${name}"` };
  if (service === undefined) return { fault: `${command} needs the name of a service` };
  if (rest.length > 0) return { fault: `"${rest[0]}" is too much: ${command} takes one service` };
  if (values.format !== 'text' && values.format !== 'json') return { fault: '--format is text or json' };
  const timeoutSeconds = seconds(values.timeout);
  const settleSeconds = seconds(values.settle);
  if (timeoutSeconds === undefined) return { fault: `--timeout is a duration such as 20m, not "${values.timeout}"` };
  if (settleSeconds === undefined) return { fault: `--settle is a duration such as 10s, not "${values.settle}"` };
  return {
    command,
    service,
    environment: values.environment,
    context: values.context,
    kubeconfig: values.kubeconfig,
    argocdContext: values['argocd-context'],
    namespace: values.namespace,
    rollout: values.rollout,
    catalog: values.catalog,
    format: values.format,
    watch: values.watch,
    full: values.full,
    yes: values.yes,
    trustContext: values['trust-context'],
    offline: values.offline,
    timeoutSeconds,
    settleSeconds,
    commit: values.commit,
    to: values.to,
  };
}

/** A duration in Go's notation, or a number of seconds; never a negative one. */
function seconds(value: string): number | undefined {
  const found = /^\d+$/.test(value) ? Number(value) : goSeconds(value);
  return found === undefined || found < 0 ? undefined : found;
}
