import type { ReleaseState } from '../../release/state';
import { formatLine } from '../../release/text';

/** Where a view is drawn. */
export interface Screen {
  readonly out: (text: string) => void;
  /** Whether what is printed can be drawn over. */
  readonly isTerminal: boolean;
  readonly columns: () => number;
}

/** How a state is shown: whole, and without what changes with the time alone. */
export interface Shapes {
  readonly format: 'text' | 'json';
  readonly whole: (state: ReleaseState) => string;
}

/** Redraws in place on a terminal; in a pipe it prints a line where something has changed. */
export class LiveView {
  private readonly screen: Screen;
  private readonly shapes: Shapes;
  private last = '';
  private height = 0;

  constructor(screen: Screen, shapes: Shapes) {
    this.screen = screen;
    this.shapes = shapes;
  }

  show(state: ReleaseState): void {
    if (this.shapes.format === 'json')
      this.append(this.shapes.whole({ ...state, timeLeft: undefined }), this.shapes.whole(state));
    else if (this.screen.isTerminal) this.redraw(this.shapes.whole(state));
    else {
      const line = formatLine(state);
      // Time passes in every state; by itself it is no news.
      this.append(line.replace(/\d+ s\b/g, ''), `${new Date().toISOString().slice(11, 19)} ${line}\n`);
    }
  }

  private append(news: string, text: string): void {
    if (news === this.last) return;
    this.last = news;
    this.screen.out(text);
  }

  /** Up to where the last one began, then line by line over it; a line that would wrap is cut. */
  private redraw(text: string): void {
    if (text === this.last) return;
    this.last = text;
    const up = this.height === 0 ? '' : `\u001b[${this.height}A`;
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, this.screen.columns()));
    this.screen.out(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[J`);
    this.height = lines.length;
  }
}
