import type { BadCatalog } from '../bad-catalog';
import { WEB } from './places';

/** Texts that are no JSON, or say a thing twice. */
export const SYNTAX: readonly BadCatalog[] = [
  { name: 'nothing', text: () => '', told: [['CAT001', '(root)']], at: [1, 1], says: 'a value is expected' },
  { name: 'a comment', text: (t) => `// ours\n${t}`, told: [['CAT001', '(root)']], at: [1, 1], says: 'a comment' },
  {
    name: 'a comma behind the last item',
    text: (t) => t.replace('"shop",', '"shop",,'),
    told: [['CAT001', 'platform']],
    at: [3, 20],
  },
  { name: 'text behind the end', text: (t) => `${t}\n{}`, told: [['CAT001', '(root)']], says: 'text after the end' },
  {
    name: 'two broken places at once',
    text: (t) => t.replace('"shop",', 'shop,').replace('"info"', 'info'),
    told: [
      ['CAT001', 'platform.name'],
      ['CAT001', 'services.web.config.LOG_LEVEL'],
    ],
    at: [3, 13],
    says: 'an unknown word',
  },
  { name: 'a byte order mark', text: (t) => `\ufeff${t}`, told: [['CAT001', '(root)']], says: 'a byte order mark' },
  {
    name: 'bytes that are not UTF-8',
    text: (t) => Buffer.from(t.replace('info', 'inf\u00f6'), 'latin1'),
    told: [['CAT009', '(root)']],
    hint: 'save it as UTF-8',
  },
  {
    name: 'half of a surrogate pair in a text and in a key',
    text: (t) => t.replace('"info"', '"in\\ud83dfo"').replace('"LOG_LEVEL"', '"\\uDC00"'),
    told: [
      ['CAT008', 'services.web.config["\\udc00"]'],
      ['CAT012', 'services.web.config["\\udc00"]'],
      ['CAT008', 'services.web.config["\\udc00"]'],
    ],
  },
  {
    name: 'half of a surrogate pair where any text may stand',
    text: (t) => t.replace('"info"', '"in\\ud83dfo"'),
    told: [['CAT008', 'services.web.config.LOG_LEVEL']],
    says: 'one half of a surrogate pair',
    hint: 'write the character itself',
  },
  {
    name: 'the same key twice in one object',
    text: (t) => t.replace('"namespace": "shop",', '"namespace": "other", "namespace": "shop",'),
    told: [['CAT002', 'environments.production.namespace']],
    at: [25, 29],
    hint: 'keep one of them',
  },
  {
    name: 'the same key twice, once escaped, with another fault elsewhere',
    edit: { [`${WEB}/replicas`]: 'three' },
    text: (t) => t.replace('"LOG_LEVEL": "info"', '"LOG_LEVEL": "info", "LOG\\u005fLEVEL": "debug"'),
    told: [
      ['CAT002', 'services.web.config.LOG_LEVEL'],
      ['CAT005', 'services.web.replicas'],
    ],
  },
  {
    name: '100 000 brackets in a value',
    text: (t) => t.replace('"info"', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    told: [['CAT013', '(root)']],
  },
  {
    name: '100 000 brackets that never close',
    text: () => '['.repeat(100_000),
    told: [['CAT013', '(root)']],
    at: [1, 101],
  },
  { name: 'a list', text: () => '[]', told: [['CAT005', '(root)']], says: 'a list stands where an object is expected' },
  { name: 'null', text: () => 'null', told: [['CAT005', '(root)']], says: 'null stands where' },
];
