/** How long the worker waits for the next bytes of what it fetches. */
const SILENCE_MS = 20_000;

/** Gives a request up once nothing has come for so long: some networks say nothing, and never end. */
export class SilenceTimeout {
  readonly #controller = new AbortController();
  #timer = 0;

  constructor() {
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#controller.abort(new Error(`${SILENCE_MS / 1000} s without a byte`)),
      SILENCE_MS,
    );
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
