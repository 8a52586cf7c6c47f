import { checkObjects } from '../../lib/manifest/check';
import { example } from '../../lib/manifest/example';
import { IGNORE_ANNOTATION } from '../../lib/manifest/ignore';

const object = (ignore: string) =>
  example('Service', 'x', { spec: { prots: [] } }, { annotations: { [IGNORE_ANNOTATION]: ignore } });
const codes = (ignore: string) => checkObjects('file', [object(ignore)]).map(({ code }) => code);

test.each([
  ['MAN001: an old field', []],
  ['MAN001: an old field\n', []],
  ['MAN001', ['MAN001', 'LINT020']],
  ['MAN001:  ', ['MAN001', 'LINT020']],
  ['we know', ['MAN001', 'LINT020']],
  ['', ['MAN001', 'LINT020']],
  ['MAN001: an old field\nMAN002: not there', ['LINT022']],
  ['MAN001: an old field; MAN002: not there', ['LINT022']],
  ['MAN001: an old field; it is known', []],
  ['MAN001: an old field\nMAN999: what is that', ['LINT021']],
])('the ignore %j leaves %j', (ignore, left) => expect(codes(ignore)).toEqual(left));

test('a fault of an ignore says where and what', () => {
  expect(checkObjects('file', [object('MAN001: known\nMAN002: not there')])).toMatchObject([
    {
      code: 'LINT022',
      severity: 'warning',
      path: `file Service/x metadata.annotations["${IGNORE_ANNOTATION}"]`,
      message: 'the object has no finding MAN002',
    },
  ]);
});

test('an object ignores its own findings only', () => {
  const other = example('Service', 'y', { spec: { prots: [] } });
  expect(checkObjects('file', [object('MAN001: known'), other]).map(({ path }) => path)).toEqual([
    'file Service/y spec.prots',
  ]);
});
