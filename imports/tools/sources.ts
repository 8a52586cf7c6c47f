import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { arrayAt, isObject, type Json, type JsonObject, objectAt, stringAt } from './json';
import type { KindList } from './kinds';

/** What everything is generated from. Only the structure counts: prose is taken out before anything is generated. */
export interface Sources {
  /** The pinned Kubernetes version, for the headers. */
  readonly kubernetesVersion: string;
  /** The OpenAPI definitions of Kubernetes, as `cdk8s import k8s` downloads them. */
  readonly definitions: JsonObject;
  /** CustomResourceDefinitions by name. */
  readonly crds: ReadonlyMap<string, JsonObject>;
  /** Addresses by source name, for the headers. */
  readonly addresses: ReadonlyMap<string, string>;
}

export interface Folders {
  readonly crds: string;
  readonly kubernetes: string;
}

interface Pinned {
  readonly kubernetesVersion: string;
  readonly addresses: ReadonlyMap<string, string>;
}

/** The sources that cdk8s.yaml pins, from the network or, with folders, from files of the same content. */
export async function readSources(config: string, kinds: KindList, folders: Folders | undefined): Promise<Sources> {
  const pinned = pinnedSources(config);
  const texts = folders ? localTexts(pinned, kinds, folders) : await downloadedTexts(pinned);
  return {
    ...pinned,
    definitions: objectAt(objectAt(JSON.parse(texts.kubernetes), 'Kubernetes').definitions, 'Kubernetes definitions'),
    crds: new Map(texts.crds.flatMap(customResourceDefinitions)),
  };
}

function pinnedSources(config: string): Pinned {
  const imports = arrayAt(objectAt(parse(config), 'cdk8s.yaml').imports, 'cdk8s.yaml imports');
  const specs = imports.map((spec) => stringAt(spec, 'cdk8s.yaml imports'));
  const kubernetes = specs.find((spec) => spec.startsWith('k8s@'));
  if (kubernetes === undefined) throw new Error('cdk8s.yaml imports: no k8s@<version>');
  const named = specs.filter((spec) => spec.includes(':=')).map((spec) => spec.split(':='));
  return {
    kubernetesVersion: kubernetes.slice('k8s@'.length),
    addresses: new Map(named.map(([name = '', address = '']) => [name, address])),
  };
}

interface Texts {
  readonly kubernetes: string;
  readonly crds: readonly string[];
}

/** One file per definition, named `<plural>.<group>.yaml`; only the listed ones are read. */
function localTexts(pinned: Pinned, kinds: KindList, folders: Folders): Texts {
  const name = readdirSync(folders.kubernetes).find((file) => file.includes(`v${pinned.kubernetesVersion}`));
  if (name === undefined) throw new Error(`${folders.kubernetes}: no definitions of v${pinned.kubernetesVersion}`);
  return {
    kubernetes: readFileSync(join(folders.kubernetes, name), 'utf8'),
    crds: kinds.custom.map(({ crd }) => readFileSync(join(folders.crds, `${crd}.yaml`), 'utf8')),
  };
}

/** Where cdk8s-cli looks for `k8s@<version>`. */
const definitionsAddress = (version: string): string =>
  `https://raw.githubusercontent.com/cdk8s-team/cdk8s/master/kubernetes-schemas/v${version}/_definitions.json`;

async function downloadedTexts(pinned: Pinned): Promise<Texts> {
  return {
    kubernetes: await download(definitionsAddress(pinned.kubernetesVersion)),
    crds: await Promise.all([...pinned.addresses.values()].map(download)),
  };
}

async function download(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return response.text();
}

function customResourceDefinitions(text: string): readonly (readonly [string, JsonObject])[] {
  const objects = parseAllDocuments(text).map((document): Json => document.toJS());
  return objects
    .filter(isObject)
    .filter((object) => object.kind === 'CustomResourceDefinition')
    .map((object) => [stringAt(objectAt(object.metadata, 'metadata').name, 'metadata.name'), object] as const);
}
