import { fieldAt, numberAt, textAt } from './object';

/** What Istio makes of a port of a Service: http, found out from the first bytes, or something that is not http. */
export type PortProtocol = 'http' | 'sniffed' | 'other';

const HTTP = new Set(['http', 'http2', 'http_proxy', 'grpc', 'grpc-web']);
const OTHER = new Set(['tcp', 'udp', 'https', 'tls', 'mongo', 'redis', 'mysql']);
const STANDARD: Readonly<Record<string, PortProtocol>> = {
  'kubernetes.io/h2c': 'http',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'other',
};
/** Ports where the server speaks first: Istio never waits for the first bytes of the client there. */
const NEVER_SNIFFED = new Set([25, 53, 3306, 27017]);

/** The protocol of a port of a Service, by the rules of Istio 1.30 (pkg/config/kube/conversion.go: ConvertProtocol). */
export function protocolOf(port: unknown): PortProtocol {
  if (fieldAt(port, 'protocol') === 'UDP') return 'other';
  const appProtocol = textAt(port, 'appProtocol');
  const standard = appProtocol === undefined ? undefined : STANDARD[appProtocol];
  if (standard !== undefined) return standard;
  const name = (appProtocol ?? textAt(port, 'name') ?? '').toLowerCase();
  if (name.startsWith('grpc-web')) return 'http';
  const word = name.split('-')[0] ?? '';
  if (HTTP.has(word)) return 'http';
  if (OTHER.has(word)) return 'other';
  return NEVER_SNIFFED.has(numberAt(port, 'port') ?? 0) ? 'other' : 'sniffed';
}
