/**
 * `<lentigo-classifier>`: a photo in, an answer out, in the page itself.
 *
 *     <script type="module" src="…/lentigo/element.js"></script>
 *     <lentigo-classifier model="…/lesion.tflite"></lentigo-classifier>
 *
 * An aid for study, not a medical device: it says so in each of its languages, and that cannot be taken away.
 */
import css from './element.css';
import { Texts } from './element-texts';
import { isDoubtful, make, spoken, viewDoubt, viewFailure, viewResult } from './element-view';
import {
  type FileSource,
  Lentigo,
  LentigoError,
  type LentigoFault,
  type PhotoSource,
  type Prior,
  type Region,
  type Result,
} from './index';

/** The longest side of the square that is shown, in pixels. */
const SHOWN_SIDE = 480;

/** Where there is no page, as where one is drawn beforehand on a server, the class is there and does nothing. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

let sheet: CSSStyleSheet | null = null;

/** One for all; scripts may set styles under any content policy, markup may not. */
function styles(): CSSStyleSheet {
  if (sheet) return sheet;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** What `lentigo-error` tells. */
export interface LentigoErrorDetail {
  code: LentigoFault;
  message: string;
}

/**
 * Attributes: `model` (address of the model file), `prior` (`data` or `uniform`), `propose` (the square around the spot is
 * looked for first), `eager` (load before a photo is chosen), `lang`.
 *
 * Events, which bubble: `lentigo-ready`, `lentigo-start`, `lentigo-result` (detail: `Result`), `lentigo-error` (detail:
 * `LentigoErrorDetail`).
 *
 * Parts: `frame`, `drop`, `photo`, `button`, `answer`, `heading`, `share`, `faults`, `bars`, `bar`, `track`, `fill`,
 * `malignant`, `meaning`, `error`, `disclaimer`. Slots: `heading`, `choose` (words of the button), `footer`. Colours:
 * `--lentigo-ground`, `-ink`, `-ink-soft`, `-line`, `-accent`, `-accent-ink`, `-fill`, `-alarm`.
 */
export class LentigoClassifierElement extends Base {
  static readonly observedAttributes = ['model', 'lang', 'prior', 'propose'];

  /** Address or bytes of the model file; the attribute where it was given as one. */
  #model: FileSource | null = null;
  #shared: Lentigo | null = null;
  #own: Promise<Lentigo> | null = null;
  #texts = new Texts();
  #photo: PhotoSource | null = null;
  #result: Result | null = null;
  #error: LentigoError | null = null;
  #accepted = false;
  #job: AbortController | null = null;
  #view: View | null = null;

  get model(): FileSource | null {
    return this.#model ?? this.getAttribute('model');
  }

  set model(model: FileSource | null) {
    this.#model = model;
    this.#forget();
  }

  /** An engine that is used instead of one of its own, as by several elements together; it stays the caller's. */
  get lentigo(): Lentigo | null {
    return this.#shared;
  }

  set lentigo(lentigo: Lentigo | null) {
    this.#shared = lentigo;
    this.#forget();
  }

  get prior(): Prior {
    return this.getAttribute('prior') === 'uniform' ? 'uniform' : 'data';
  }

  set prior(prior: Prior) {
    this.setAttribute('prior', prior);
  }

  get propose(): boolean {
    return this.hasAttribute('propose');
  }

  set propose(propose: boolean) {
    this.toggleAttribute('propose', propose);
  }

  /** The photo that is looked at; setting one has it classified, null empties the element. */
  get photo(): PhotoSource | null {
    return this.#photo;
  }

  set photo(photo: PhotoSource | null) {
    if (photo === null) this.reset();
    else void this.classify(photo).catch(() => undefined);
  }

  /** The answer that is shown; null while there is none. */
  get result(): Result | null {
    return this.#result;
  }

  connectedCallback(): void {
    this.#view ??= new View(this, {
      wanted: () => void this.#engine().catch(() => undefined),
      chosen: (file) => void this.classify(file).catch(() => undefined),
    });
    void this.#speak();
    if (this.hasAttribute('eager')) void this.#engine().catch(() => undefined);
  }

  disconnectedCallback(): void {
    /* Moved within the page it comes back at once. */
    queueMicrotask(() => this.isConnected || this.#forget());
  }

  attributeChangedCallback(name: string): void {
    if (!this.#view) return;
    if (name === 'lang') void this.#speak();
    else if (name === 'model') this.#forget();
    else if (this.#photo !== null) void this.classify(this.#photo).catch(() => undefined);
  }

  /** Classify a photo and show the answer. Rejects as `Lentigo.classify` does, or where another photo comes meanwhile. */
  async classify(photo: PhotoSource): Promise<Result> {
    this.#job?.abort();
    const job = new AbortController();
    this.#job = job;
    this.#photo = photo;
    this.#result = this.#error = null;
    this.#accepted = false;
    this.#draw();
    this.#tell('lentigo-start');
    try {
      const lentigo = await this.#engine();
      job.signal.throwIfAborted();
      const options = { signal: job.signal };
      const region = this.propose ? await lentigo.propose(photo, options) : null;
      await this.#view?.show(photo, region, lentigo.model.input.crop);
      const result = await lentigo.classify(photo, { ...options, region, prior: this.prior });
      this.#result = result;
      this.#draw();
      this.#tell('lentigo-result', result);
      return result;
    } catch (error) {
      if (!job.signal.aborted) this.#fail(error);
      throw error;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  /** Show no photo and no answer. */
  reset(): void {
    this.#job?.abort();
    this.#photo = this.#result = this.#error = null;
    this.#draw();
  }

  #engine(): Promise<Lentigo> {
    if (this.#shared) return Promise.resolve(this.#shared);
    const { model } = this;
    if (model === null) return Promise.reject(new LentigoError('LT_NO_MODEL', 'the element has no model'));
    this.#own ??= Lentigo.create({ model }).then(
      (lentigo) => {
        this.#tell('lentigo-ready');
        return lentigo;
      },
      (error: unknown) => {
        this.#own = null;
        throw error;
      },
    );
    return this.#own;
  }

  /** Let go of the engine; the next photo starts another. */
  #forget(): void {
    this.#job?.abort();
    this.#own?.then((lentigo) => lentigo.dispose()).catch(() => undefined);
    this.#own = null;
  }

  async #speak(): Promise<void> {
    const around = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    this.#texts = await Texts.load(around).catch(() => new Texts());
    this.#draw();
  }

  #fail(error: unknown): void {
    this.#error = error instanceof LentigoError ? error : new LentigoError('crash', String(error));
    this.#draw();
    const { code, message } = this.#error;
    this.#tell('lentigo-error', { code, message } satisfies LentigoErrorDetail);
  }

  #tell(type: string, detail: unknown = null): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #draw(): void {
    this.#view?.draw(this.#texts, this.#photo !== null);
    const lentigo = this.#shared ?? this.#own;
    if (this.#result && lentigo) void this.#drawResult(this.#result, lentigo);
    else if (this.#error) this.#drawError(this.#error);
    else if (this.#photo) this.#say(this.#texts.t('job.working'));
    else this.#view?.answer([], '');
  }

  #say(text: string): void {
    this.#view?.answer([make('p', {}, [text])], text);
  }

  #drawError({ code }: LentigoError): void {
    const photo = this.#photo;
    const retry = photo === null ? null : () => void this.classify(photo).catch(() => undefined);
    this.#view?.answer(viewFailure(code, this.#texts, retry), this.#texts.t('job.failed'));
  }

  async #drawResult(result: Result, engine: Lentigo | Promise<Lentigo>): Promise<void> {
    const { model } = await engine;
    if (this.#result !== result) return;
    const says = spoken(result, model, this.#texts);
    const show = () => {
      this.#accepted = true;
      this.#view?.answer(viewResult(result, model, this.#texts), says);
      this.#view?.focusHeading();
    };
    const gated = isDoubtful(result) && !this.#accepted;
    this.#view?.answer(gated ? viewDoubt(result, this.#texts, show) : viewResult(result, model, this.#texts), says);
  }
}

interface Heard {
  /** A photo is about to be chosen. */
  wanted: () => void;
  chosen: (file: File) => void;
}

/** The element's own nodes. */
class View {
  readonly #frame = make('div', { class: 'frame', part: 'frame' });
  readonly #canvas = make('canvas', { part: 'photo', role: 'img', hidden: '' });
  readonly #hint = make('p', { class: 'soft' });
  readonly #choose = make('slot', { name: 'choose' });
  readonly #answer = make('div', { class: 'answer', part: 'answer' });
  readonly #status = make('p', { class: 'spoken', role: 'status' });
  readonly #disclaimer = make('p', { part: 'disclaimer' });

  constructor(host: HTMLElement, { wanted, chosen }: Heard) {
    const root = host.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [styles()];
    const input = make('input', { type: 'file', accept: 'image/*', hidden: '' });
    const button = make('button', { type: 'button', part: 'button' }, [this.#choose]);
    const drop = make('div', { class: 'drop', part: 'drop' }, [this.#canvas, this.#hint, button, input]);
    button.addEventListener('click', () => {
      wanted();
      input.click();
    });
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      /* Else the same file could not be chosen twice. */
      input.value = '';
      if (file) chosen(file);
    });
    listenToDrops(drop, chosen);
    const heading = make('slot', { name: 'heading' });
    const footer = make('slot', { name: 'footer' });
    this.#frame.append(heading, drop, this.#answer, this.#status, this.#disclaimer, footer);
    root.append(this.#frame);
  }

  draw(texts: Texts, hasPhoto: boolean): void {
    Object.assign(this.#frame, { lang: texts.language, dir: texts.direction });
    this.#choose.textContent = texts.t(hasPhoto ? 'check.another' : 'check.file');
    this.#hint.textContent = texts.t('check.empty');
    this.#disclaimer.textContent = texts.t('app.notDiagnosis');
    this.#canvas.setAttribute('aria-label', texts.t('check.yourPhoto'));
    if (!hasPhoto) this.#see(false);
  }

  #see(photo: boolean): void {
    this.#canvas.hidden = !photo;
    this.#hint.hidden = photo;
  }

  answer(nodes: Node[], says: string): void {
    this.#answer.replaceChildren(...nodes);
    if (this.#status.textContent !== says) this.#status.textContent = says;
  }

  focusHeading(): void {
    this.#answer.querySelector<HTMLElement>('h2')?.focus();
  }

  /** The square that is classified; nothing where the browser cannot show the photo, which the engine may read yet. */
  async show(photo: PhotoSource, region: Region | null, crop: number): Promise<void> {
    try {
      const bitmap = await bitmapOf(photo);
      const shorter = Math.min(bitmap.width, bitmap.height);
      const side = Math.round((region?.side || crop) * shorter);
      const start = (share: number, length: number) => Math.min(Math.max(0, share * length - side / 2), length - side);
      const shown = Math.min(side, SHOWN_SIDE);
      Object.assign(this.#canvas, { width: shown, height: shown });
      const [left, top] = [start(region?.x ?? 0.5, bitmap.width), start(region?.y ?? 0.5, bitmap.height)];
      this.#canvas.getContext('2d')?.drawImage(bitmap, left, top, side, side, 0, 0, shown, shown);
      bitmap.close();
      this.#see(true);
    } catch {
      this.#see(false);
    }
  }
}

function bitmapOf(photo: PhotoSource): Promise<ImageBitmap> {
  if (photo instanceof ArrayBuffer || ArrayBuffer.isView(photo))
    return createImageBitmap(new Blob([photo as BlobPart]));
  if (photo instanceof Blob || !('data' in photo)) return createImageBitmap(photo as ImageBitmapSource);
  const { data, width, height } = photo;
  return createImageBitmap(new ImageData(new Uint8ClampedArray(data), width, height));
}

function listenToDrops(place: HTMLElement, chosen: (file: File) => void): void {
  const over = (is: boolean) => place.classList.toggle('over', is);
  place.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  place.addEventListener('dragleave', () => over(false));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) chosen(file);
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'lentigo-classifier': LentigoClassifierElement;
  }
}

if (globalThis.customElements && !customElements.get('lentigo-classifier'))
  customElements.define('lentigo-classifier', LentigoClassifierElement);
