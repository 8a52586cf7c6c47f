import { isObject, type JsonObject } from './json';

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(?:\\.${LABEL})*`;

/** How API servers check names, with the limits of `k8s.io/apimachinery/pkg/util/validation`. */
const NAMES = {
  subdomain: { type: 'string', maxLength: 253, pattern: `^${SUBDOMAIN}$` },
  label: { type: 'string', maxLength: 63, pattern: `^${LABEL}$` },
  /** RFC 1035: may not begin with a digit. */
  service: { type: 'string', maxLength: 63, pattern: '^[a-z](?:[-a-z0-9]*[a-z0-9])?$' },
  /** A Job's name becomes the value of a label of its pods. */
  job: { type: 'string', maxLength: 63, pattern: `^${SUBDOMAIN}$` },
  /** A CronJob's name gets a time of 11 characters appended. */
  cronJob: { type: 'string', maxLength: 52, pattern: `^${SUBDOMAIN}$` },
  pathSegment: { type: 'string', minLength: 1, pattern: '^(?!\\.\\.?$)[^/%]+$' },
} as const satisfies Readonly<Record<string, JsonObject>>;

/** Built-in kinds whose names follow another rule than DNS-1123 subdomain, by `apiVersion/kind` without the version. */
const BY_KIND: Readonly<Record<string, keyof typeof NAMES>> = {
  '/Namespace': 'label',
  '/Service': 'service',
  'batch/Job': 'job',
  'batch/CronJob': 'cronJob',
  'rbac.authorization.k8s.io/ClusterRole': 'pathSegment',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'pathSegment',
  'rbac.authorization.k8s.io/Role': 'pathSegment',
  'rbac.authorization.k8s.io/RoleBinding': 'pathSegment',
  'certificates.k8s.io/CertificateSigningRequest': 'pathSegment',
  'certificates.k8s.io/ClusterTrustBundle': 'pathSegment',
  'networking.k8s.io/IPAddress': 'pathSegment',
};

const QUALIFIED = (prefix: string): string =>
  `^(?:(?=[^/]{1,253}/)${prefix}/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`;

const LABELS: JsonObject = {
  type: 'object',
  propertyNames: { type: 'string', pattern: QUALIFIED(SUBDOMAIN) },
  additionalProperties: { type: 'string', maxLength: 63, pattern: '^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$' },
};

/** The prefix of an annotation's key is checked in lower case. */
const ANNOTATIONS: JsonObject = {
  type: 'object',
  propertyNames: { type: 'string', pattern: QUALIFIED(SUBDOMAIN.replaceAll('a-z', 'A-Za-z')) },
  additionalProperties: { type: 'string' },
};

/** ObjectMeta with what every API server checks and its schema does not say. */
export function checkedObjectMeta(objectMeta: JsonObject): JsonObject {
  const properties = isObject(objectMeta.properties) ? objectMeta.properties : {};
  return {
    ...objectMeta,
    properties: {
      ...properties,
      annotations: ANNOTATIONS,
      generateName: { type: 'string', pattern: '^[a-z0-9][-a-z0-9.]*$' },
      labels: LABELS,
      name: NAMES.subdomain,
      namespace: NAMES.label,
    },
  };
}

/** The metadata of an object that stands in a manifest: it has a name, of the form that its kind wants. */
export function manifestMetadata(objectMeta: JsonObject, apiVersion: string, kind: string): JsonObject {
  const properties = isObject(objectMeta.properties) ? objectMeta.properties : {};
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const name = NAMES[BY_KIND[`${group}/${kind}`] ?? 'subdomain'];
  return {
    ...objectMeta,
    properties: { ...properties, name },
    anyOf: [{ required: ['name'] }, { required: ['generateName'] }],
  };
}
