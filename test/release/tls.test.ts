import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeWorkspaces } from '../catalog/minimal';
import { describeWith, findCommand } from '../tools/commands';
import { kubeconfigFor, RECORDINGS, release, releaseFolder } from './command';
import { Replay, readRecording } from './replay';

jest.setTimeout(60_000);

describeWith(findCommand('openssl') === undefined ? ['openssl'] : [])('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-tls-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    removeWorkspaces();
  });

  /** Runs `status` where the kubeconfig says more of its cluster. */
  async function statusWith(more: (cert: string) => Readonly<Record<string, unknown>>) {
    const cert = readFileSync(certFile, 'utf8');
    const replay = new Replay(readRecording(join(RECORDINGS, 'good')), { key: readFileSync(keyFile, 'utf8'), cert });
    const server = await replay.start();
    replay.moveTo(20402);
    const at = releaseFolder(server);
    const kubeconfig = JSON.parse(kubeconfigFor(server));
    Object.assign(kubeconfig.clusters[0].cluster, more(cert));
    writeFileSync(join(at, 'kubeconfig'), JSON.stringify(kubeconfig));
    try {
      return await release(at, ['status', 'web']);
    } finally {
      await replay.stop();
    }
  }

  beforeAll(() => {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=api'];
    const names = ['-addext', 'subjectAltName=DNS:api.example,IP:127.0.0.1'];
    const { status, stderr } = spawnSync('openssl', [...args, ...names, '-keyout', keyFile, '-out', certFile]);
    if (status !== 0) throw new Error(String(stderr));
  });

  const base64 = (cert: string) => Buffer.from(cert).toString('base64');

  test('the certificate of the server is looked at', async () => {
    const unknown = await statusWith(() => ({}));
    expect([unknown.code, unknown.err]).toEqual([3, expect.stringMatching(/^error REL006 .*certificate/)]);
    expect((await statusWith((cert) => ({ 'certificate-authority-data': base64(cert) }))).code).toBe(0);
  });

  test('a tunnel is told by the name in the certificate; whoever wants can look away', async () => {
    const tunnel = await statusWith((cert) => ({
      'certificate-authority-data': base64(cert),
      'tls-server-name': 'api.example',
    }));
    expect(tunnel.code).toBe(0);
    const other = await statusWith((cert) => ({
      'certificate-authority-data': base64(cert),
      'tls-server-name': 'x.example',
    }));
    expect([other.code, other.err]).toEqual([3, expect.stringMatching(/x\.example/)]);
    expect((await statusWith(() => ({ 'insecure-skip-tls-verify': true }))).code).toBe(0);
  });
});
