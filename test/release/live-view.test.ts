import { LiveView } from '../../lib/cli/release/live-view';
import { formatState } from '../../lib/release/text';
import { stateAt } from './moments';

function screen(isTerminal: boolean, columns = 60) {
  const printed: string[] = [];
  return { printed, screen: { out: (text: string) => void printed.push(text), isTerminal, columns: () => columns } };
}

const SUBJECT = { service: 'web', namespace: 'demo2', rollout: 'shop', alsoRollouts: [], known: undefined };
const SHAPES = { format: 'text', whole: (state: ReturnType<typeof stateAt>) => formatState(SUBJECT, state) } as const;

/** What a terminal shows after what was printed: only what is used here is understood. */
function shownAfter(printed: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let row = 0;
  const visible = printed.join('').replaceAll('\u001b', '␛');
  for (const [, up, erase, below, text] of visible.matchAll(/␛\[(\d+)A|(␛\[2K)|(␛\[J)|([^␛\n]*\n)/g)) {
    if (up !== undefined) row -= Number(up);
    else if (erase !== undefined) lines[row] = '';
    else if (below !== undefined) lines.splice(row);
    else {
      lines[row] = `${lines[row] ?? ''}${(text ?? '').trimEnd()}`;
      row += 1;
    }
  }
  return lines;
}

test('on a terminal the last state stands alone, whatever was there before', () => {
  const { printed, screen: on } = screen(true);
  const view = new LiveView(on, SHAPES);
  for (const version of [20402, 21000, 20330, 99999]) view.show(stateAt('good', version));
  const last = formatState(SUBJECT, stateAt('good', 99999)).trimEnd().split('\n');
  expect(shownAfter(printed)).toEqual(last.map((line) => line.slice(0, 60).trimEnd()));
});

test('nothing is drawn again where nothing has changed', () => {
  const { printed, screen: on } = screen(true);
  const view = new LiveView(on, SHAPES);
  view.show(stateAt('good', 99999));
  view.show(stateAt('good', 99999));
  expect(printed).toHaveLength(1);
});

test('in a pipe there are lines, and none for time that passes', () => {
  const { printed, screen: on } = screen(false);
  const view = new LiveView(on, SHAPES);
  for (const seconds of [0, 1, 2]) view.show(stateAt('good', 20340, seconds));
  view.show(stateAt('good', 20402));
  expect(printed).toHaveLength(2);
  expect(printed[1]).toMatch(
    /^\d\d:\d\d:\d\d progressing; step 2 of 8, pause 25 s; weight 10 %; new 1 of 1 ready.*\n$/,
  );
  expect(printed.join('')).not.toContain('\u001b');
});
