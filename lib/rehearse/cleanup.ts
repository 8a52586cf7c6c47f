/** What has to be undone however a rehearsal ends: servers, processes, folders; the last first. */
export class Cleanup {
  readonly #steps: (() => Promise<void> | void)[] = [];
  #running: Promise<void> | undefined;

  defer(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  /** Whether it has begun: what fails from then on fails because of it. */
  get begun(): boolean {
    return this.#running !== undefined;
  }

  /** Undoes everything once, also when it is asked twice; a step that fails keeps no other from being made. */
  run(): Promise<void> {
    this.#running ??= this.#all();
    return this.#running;
  }

  async #all(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch {
        // What cannot be undone is gone already, or stays; the other steps matter more.
      }
    }
  }
}
