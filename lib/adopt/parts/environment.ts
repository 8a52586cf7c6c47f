import { fieldAt, mapAt, textAt } from '../../manifest/object';
import type { Given } from '../given';

export interface AdoptedVariables {
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, { readonly existing: { readonly name: string; readonly key: string } }>>;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LOOKS_SECRET = /PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i;

/**
 * The environment of the container by where each value comes from, as Kubernetes puts it together: `env` wins over `envFrom`, and
 * later ones over earlier ones.
 */
export function variablesOf({ deployment, configMaps, secrets }: Given, main: string): AdoptedVariables {
  const config = new Map<string, string>();
  const secret = new Map<string, { readonly existing: { readonly name: string; readonly key: string } }>();
  const literal = (name: string, value: string): void => {
    secret.delete(name);
    config.set(name, value);
  };
  const reference = (variable: string, name: string, key: string): void => {
    config.delete(variable);
    secret.set(variable, { existing: { name, key } });
  };

  for (let i = 0; i < deployment.count(`${main}.envFrom`); i += 1) {
    const place = `${main}.envFrom[${i}]`;
    const prefix = textAt(deployment.object, `${place}.prefix`) ?? '';
    const map = textAt(deployment.object, `${place}.configMapRef.name`);
    const held = textAt(deployment.object, `${place}.secretRef.name`);
    deployment.take(place);
    const given = map === undefined ? secrets.get(held ?? '') : configMaps.get(map);
    if (given === undefined) {
      deployment.tell(
        'ADO006',
        place,
        `the ${map === undefined ? 'Secret' : 'ConfigMap'} "${map ?? held}" was not given`,
      );
      continue;
    }
    const keys =
      map === undefined
        ? Object.keys({ ...fieldsOf(given, 'data'), ...fieldsOf(given, 'stringData') })
        : Object.keys(mapAt(given, 'data'));
    for (const key of keys) {
      const name = `${prefix}${key}`;
      // Kubernetes passes over such a key too.
      if (!NAME.test(name)) continue;
      if (map === undefined) reference(name, held ?? '', key);
      else literal(name, mapAt(given, 'data')[key] ?? '');
    }
  }

  for (let i = 0; i < deployment.count(`${main}.env`); i += 1) {
    const place = `${main}.env[${i}]`;
    const given = fieldAt(deployment.object, place);
    const name = textAt(given, 'name') ?? '';
    const value = fieldAt(given, 'value');
    deployment.take(place);
    const map = textAt(given, 'valueFrom.configMapKeyRef.name');
    const held = textAt(given, 'valueFrom.secretKeyRef.name');
    if (!NAME.test(name)) deployment.tell('ADO006', place, `"${name}" is no name of a variable that a catalog takes`);
    else if (held !== undefined) reference(name, held, textAt(given, 'valueFrom.secretKeyRef.key') ?? '');
    else if (map !== undefined) {
      const found = mapAt(configMaps.get(map), 'data')[textAt(given, 'valueFrom.configMapKeyRef.key') ?? ''];
      if (found === undefined)
        deployment.tell('ADO006', place, `${name} comes from the ConfigMap "${map}", which was not given`);
      else literal(name, found);
    } else if (fieldAt(given, 'valueFrom') !== undefined)
      deployment.tell(
        'ADO006',
        place,
        `${name} comes from ${Object.keys(Object(fieldAt(given, 'valueFrom'))).join(', ')}`,
      );
    else if (/\$\([A-Za-z_]/.test(String(value ?? '')))
      deployment.tell('ADO006', place, `${name} is made from other variables, which values of a ConfigMap are not`);
    else {
      literal(name, String(value ?? ''));
      if (LOOKS_SECRET.test(name) && String(value ?? '') !== '') {
        config.delete(name);
        deployment.tell('ADO020', place, `${name} is written in the Deployment`);
      }
    }
  }
  return { config: Object.fromEntries(config), secrets: Object.fromEntries(secret) };
}

const fieldsOf = (object: unknown, path: string): object => Object(fieldAt(object, path) ?? {});
