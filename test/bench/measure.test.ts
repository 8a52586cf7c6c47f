import { findProgram, measure } from './measure';

const node = (script: string) => measure({ command: process.execPath, arguments: ['-e', script], cwd: '.' });

test('a run costs time and memory, and one that does more costs more', () => {
  const [idle, busy] = [
    node('0'),
    node(
      'const end = process.cpuUsage().user + 15e4; while (process.cpuUsage().user < end); globalThis.kept = Buffer.alloc(2 ** 26, 1)',
    ),
  ];
  expect(idle.seconds).toBeGreaterThan(0.001);
  expect(idle.mebibytes).toBeGreaterThan(10);
  expect(busy.seconds - idle.seconds).toBeGreaterThan(0.1);
  expect(busy.mebibytes - idle.mebibytes).toBeGreaterThan(50);
});

test('what its children use counts', () => {
  const spin = 'const end = process.cpuUsage().user + 15e4; while (process.cpuUsage().user < end);';
  const cost = node(`require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(spin)}])`);
  expect(cost.seconds).toBeGreaterThan(0.15);
});

test('a command that fails is no measurement', () =>
  expect(() => node("console.error('no such service'); process.exit(3)")).toThrow('no such service'));

test('programs are looked for on the PATH', () => {
  expect(findProgram('perl')).toMatch(/\/perl$/);
  expect(findProgram('no-such-program')).toBeUndefined();
});
