import { helm } from './helm';
import { jsonnet } from './jsonnet';
import { cdk8s, jsonScript } from './node';
import type { Peer } from './peer';

export const PEERS: readonly Peer[] = [helm, jsonnet, cdk8s, jsonScript];
