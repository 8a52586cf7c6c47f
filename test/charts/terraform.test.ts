import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { targetGroupName } from '../../charts/parts/terraform';
import { renderService } from '../../charts/render';
import { valueAt } from '../../lib/diagnostic/path';
import { ROOT, releasesOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';

const [release] = releasesOf(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'));
const service = release?.services.find(({ key }) => key === 'blue-green-terraform');
if (release === undefined || service === undefined) throw new Error('no example');
const { platform, environment } = release;
const scope = { platform, environment, service };
const files = renderService(platform, environment, service);
const file = files.find(({ path }) => path.endsWith('.tf.json'));
const configuration: unknown = JSON.parse(file?.text ?? '');
const at = (...path: readonly (string | number)[]) => valueAt(configuration, path);

describe('the configuration for Terraform', () => {
  test('stands where Argo CD does not look', () => {
    expect(file?.path).toBe('production/terraform/blue-green-terraform.tf.json');
    const folders = files.filter((one) => one !== file).map(({ path }) => path.split('/')[1]);
    expect(folders).toEqual(['apps', 'services', 'runbooks']);
  });

  test('two target groups, each judged as the load balancer should', () => {
    for (const colour of ['blue', 'green']) {
      expect(at('resource', 'aws_lb_target_group', `blue_green_terraform_${colour}`)).toMatchObject({
        target_type: 'ip',
        health_check: [
          { path: '/health', healthy_threshold: 2, unhealthy_threshold: 2, timeout: 5, interval: 30, matcher: '200' },
        ],
      });
    }
  });

  test('one weighted rule, whose weights are variables with the shares of the catalog', () => {
    expect([at('variable', 'blue_weight', 'default'), at('variable', 'green_weight', 'default')]).toEqual([0, 100]);
    expect(at('resource', 'aws_lb_listener_rule', 'blue_green_terraform', 'action')).toEqual([
      {
        type: 'forward',
        forward: [
          {
            target_group: ['blue', 'green'].map((colour) => ({
              arn: `\${aws_lb_target_group.blue_green_terraform_${colour}.arn}`,
              weight: `\${var.${colour}_weight}`,
            })),
          },
        ],
      },
    ]);
  });

  test('each colour is bound to the group of its name', () => {
    const text = files.map((one) => one.text).join('');
    for (const colour of ['blue', 'green'] as const) {
      const name = targetGroupName(scope, colour);
      expect(at('resource', 'aws_lb_target_group', `blue_green_terraform_${colour}`, 'name')).toBe(name);
      expect(text).toContain(`targetGroupName: ${name}\n`);
    }
  });
});

test('names of target groups stay within 32 characters, are legal, and differ', () => {
  const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/);
  fc.assert(
    fc.property(label, label, label, (a, b, where) => {
      const named = (name: string) => ({
        ...scope,
        environment: { ...environment, name: where },
        service: { ...service, name },
      });
      const names = [a, b].flatMap((name) => (['blue', 'green'] as const).map((c) => targetGroupName(named(name), c)));
      for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/);
      expect(new Set(names).size).toBe(a === b ? 2 : 4);
    }),
  );
});

const terraform = findCommand('terraform');

describeWith(terraform === undefined ? ['terraform'] : [])('Terraform', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cutover-terraform-'));
    writeFileSync(join(folder, 'main.tf.json'), file?.text ?? '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: readonly string[]): string =>
    execFileSync(terraform ?? '', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

  test('finds nothing to format', () => expect(run('fmt', '-check', '-recursive')).toBe(''));

  test('reads it, and finds the provider that it needs', () => {
    expect(run('providers')).toContain('provider[registry.terraform.io/hashicorp/aws]');
  });

  test('reads a file that is none, and says so', () => {
    writeFileSync(join(folder, 'main.tf.json'), '{"variable": {"blue_weight": {"kind": "number"}}}');
    expect(() => run('providers')).toThrow();
  });
});
