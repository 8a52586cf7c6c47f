import { example } from '../example';
import { type KubeObject, listAt, textAt } from '../object';
import { POD_KINDS, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const deployment = (container: Readonly<Record<string, unknown>>): KubeObject =>
  example('Deployment', 'web', {
    spec: { template: { spec: { automountServiceAccountToken: false, containers: [{ name: 'web', ...container }] } } },
  });
const env = (name: string, value: string) => deployment({ env: [{ name, value }] });
const ENV = 'spec.template.spec.containers[0].env[0].value';

export const secretLiteral: ManifestRule = {
  code: 'MAN105',
  severity: 'warning',
  title: 'A password in a manifest: whoever reads the repository or the object has it, for ever',
  reason:
    'What was committed once stays in the history, and every account that may read pods sees it. It cannot be changed without a release either.',
  hint: 'put it in a Secret and refer to it with valueFrom.secretKeyRef; change the password',
  source: 'Kubernetes 1.34: good practices for Secrets',
  kinds: POD_KINDS,
  examples: () => ({
    bad: [
      { objects: [env('DATABASE_PASSWORD', 'hunter2')], paths: [ENV] },
      { objects: [env('DATABASE_URL', 'postgres://web:hunter2@db:5432/web')], paths: [ENV] },
      { objects: [deployment({ args: ['--api-token=8f2b6c'] })], paths: ['spec.template.spec.containers[0].args[0]'] },
    ],
    good: [
      [env('PASSWORD_FILE', '/run/secrets/password')],
      [env('DATABASE_PASSWORD', '$(PASSWORD)')],
      [env('DATABASE_URL', 'postgres://web:$(PASSWORD)@db:5432/web')],
      [env('CLIENT_SECRET', 'web-client-secret')],
      [env('PASSWORD_RESET_TOKEN_TTL', '3600')],
      [deployment({ args: ['--password=$(PASSWORD)', '--token-file=/t'] })],
    ],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      for (const { container, at } of template.containers) {
        listAt(container, 'env').forEach((variable, i) => {
          const name = textAt(variable, 'name') ?? '';
          const value = textAt(variable, 'value') ?? '';
          if (value === '') return;
          if (!(isSecretName(name) && isSecret(value)) && !(value.includes('@') && URL_PASSWORD.test(value))) return;
          // The value is not told again.
          report(template.owner, at('env', i, 'value'), `"${name}" has its value in the manifest`, {
            value: name,
          });
        });
        for (const key of ['args', 'command'] as const) {
          listAt(container, key).forEach((argument, i) => {
            const [, name = '', value = ''] = (typeof argument === 'string' && FLAG.exec(argument)) || [];
            if (!isSecretName(name) || !isSecret(value)) return;
            report(template.owner, at(key, i), `--${name} has its value in the manifest`, { value: name });
          });
        }
      }
    }
  },
};

const FLAG = /^--?([A-Za-z][\w-]*)=(.+)$/;
const SECRET_NAME =
  /(^|[_-])(password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|passphrase)$/i;
const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^:/@\s]*:[^$@/\s][^@/\s]*@/i;

const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Whether a value can be a secret: not a reference, a path, a switch, nor the name of an object. */
const isSecret = (value: string): boolean =>
  value !== '' &&
  !/^[<$/{]/.test(value) &&
  !value.includes('$(') &&
  !/^(true|false|none|null|disabled|enabled)$/i.test(value) &&
  !/^[a-z][a-z]*(-[a-z]+)+$/.test(value) &&
  !/^(vault|ref\+|arn|aws-sm|gcp-sm|op|sops|secretsmanager|ssm):/.test(value);
