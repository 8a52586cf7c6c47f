import { SQL_RULES } from '../../lib/sql/rules';
import { CASES } from './corpus';
import { lint } from './tools';

/** The linter once more, with every rule asked about every statement. */
const askedOfAll = (() => {
  let tools: typeof import('./tools') | undefined;
  jest.isolateModules(() => {
    const { SQL_RULES: rules }: typeof import('../../lib/sql/rules') = require('../../lib/sql/rules');
    for (const rule of rules) Object.assign(rule, { kinds: 'any' });
    tools = require('./tools');
  });
  return tools?.lint ?? lint;
})();

test('a rule has nothing to say about a statement of a kind that it does not name', async () => {
  expect(askedOfAll).not.toBe(lint);
  for (const example of [...CASES, ...SQL_RULES.flatMap(({ bad, good }) => [...bad, ...good])])
    expect(await askedOfAll(example)).toEqual(await lint(example));
});
