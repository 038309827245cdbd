/* The entry points of src/wasm.c for tests, in Node and in a page: status codes stay visible. */

/** Instantiate one build from its glue (a module's default export) and its .wasm, bytes or compiled; `options` are the glue's. */
export async function instantiate(glue, wasm, options = {}) {
  const compiled = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled), reject);
      return {};
    };
    glue({ ...options, instantiateWasm }).then(resolve, reject);
  });
}

export class Engine {
  #module;
  #box;
  #statuses;

  constructor(module, { maxPixels = 0, maxBytes = 0, fullDecode = false, threads = module.engineThreads ?? 0 } = {}) {
    this.#module = module;
    this.constants = this.#document(module._lt_wasm_constants());
    this.#statuses = new Map(this.constants.status.map(({ code, name }) => [code, name]));
    this.#box = module._lt_wasm_create(maxPixels, maxBytes, fullDecode ? 1 : 0, threads);
    if (this.#box === 0) throw new Error('lt_wasm_create gave 0');
  }

  destroy() {
    this.#module._lt_wasm_destroy(this.#box);
  }

  /** The name of the status. The engine takes the copy of the bytes over. */
  loadModel(bytes) {
    return this.#status(this.#module._lt_wasm_load_model(this.#box, this.#copy(bytes), bytes.length));
  }

  /** The name of the status; in the wide build. `labels` is a text, `pixels` mean and std of R, G, B; each may be left out. */
  loadModelAs(bytes, { labels, pixels, malignant } = {}) {
    const text = labels === undefined ? null : new TextEncoder().encode(labels);
    const numbers = pixels && new Uint8Array(Float32Array.from(pixels).buffer);
    const flags = malignant && Uint8Array.from(malignant);
    const [model, names, range, marks] = [bytes, text, numbers, flags].map((part) => (part ? this.#copy(part) : 0));
    const arguments_ = [model, bytes.length, names, text?.length ?? 0, range, marks, flags?.length ?? 0];
    return this.#status(this.#module._lt_wasm_load_model_as(this.#box, ...arguments_));
  }

  /** The name of the status. */
  selfTest() {
    return this.#status(this.#module._lt_wasm_self_test(this.#box));
  }

  /** The name of the status. */
  classify(bytes, prior = 'data', region = {}) {
    return this.#withPhoto(bytes, () =>
      this.#status(this.#module._lt_wasm_classify(this.#box, ...this.#request(prior, region))),
    );
  }

  /** What a file is: "jpeg", "png", … */
  photoKind(bytes) {
    const copy = this.#copy(bytes);
    const kind = this.#module.UTF8ToString(this.#module._lt_wasm_photo_kind(copy, bytes.length));
    this.#module._lt_wasm_free(copy);
    return kind;
  }

  /** What reading a square of a JPEG or PNG would take, bytes. */
  photoBytes(bytes, region = {}) {
    return this.#withPhoto(bytes, () => this.#module._lt_wasm_photo_bytes(this.#box, ...this.#request('data', region)));
  }

  /** The proposed square of a JPEG or PNG; null where it cannot be read. */
  proposeIn(bytes) {
    return this.#withPhoto(bytes, () => this.#document(this.#module._lt_wasm_propose(this.#box)));
  }

  /** The centre square of a JPEG or PNG, [side, side, 4] u8; null where it cannot be read. */
  draw(bytes, side) {
    return this.#withPhoto(bytes, () => {
      const rgba = this.#module._lt_wasm_draw(this.#box, side);
      return rgba === 0 ? null : this.#module.HEAPU8.slice(rgba, rgba + side * side * 4);
    });
  }

  /** The photo is open while `use` runs; its bytes go with it. */
  #withPhoto(bytes, use) {
    const status = this.#module._lt_wasm_open(this.#box, this.#copy(bytes), bytes.length);
    if (status !== 0) throw new Error(this.#status(status));
    const given = use();
    this.#module._lt_wasm_close(this.#box);
    return given;
  }

  /** The name of the status. rgba: [height, width, 4] u8 */
  classifyPixels(rgba, width, height, prior = 'data', region = {}) {
    const copy = this.#copy(rgba);
    const request = this.#request(prior, region);
    const status = this.#module._lt_wasm_classify_rgba(this.#box, copy, width, height, ...request);
    this.#module._lt_wasm_free(copy);
    return this.#status(status);
  }

  /** The name of the status; the quality is in `quality`. */
  checkPixels(rgba, width, height, region = {}) {
    const copy = this.#copy(rgba);
    const status = this.#module._lt_wasm_check_rgba(this.#box, copy, width, height, ...this.#request('data', region));
    this.#module._lt_wasm_free(copy);
    return this.#status(status);
  }

  /** The proposed square; null where the picture is refused. */
  propose(rgba, width, height) {
    const copy = this.#copy(rgba);
    const square = this.#document(this.#module._lt_wasm_propose_json(this.#box, copy, width, height));
    this.#module._lt_wasm_free(copy);
    return square;
  }

  lookAgain() {
    return this.#status(this.#module._lt_wasm_look_again(this.#box));
  }

  /** The class activation map of a class, by its index; null where there is none. */
  map(label) {
    return this.#document(this.#module._lt_wasm_map_json(this.#box, label));
  }

  get quality() {
    return this.#document(this.#module._lt_wasm_quality_json(this.#box));
  }

  decide(prior) {
    return this.#status(this.#module._lt_wasm_decide(this.#box, this.#prior(prior)));
  }

  get result() {
    return this.#document(this.#module._lt_wasm_result_json(this.#box, 1));
  }

  get model() {
    return this.#document(this.#module._lt_wasm_model_json(this.#box));
  }

  /** [{name, operators}] of the loaded model on this processor. */
  get kernels() {
    return this.#document(this.#module._lt_wasm_kernels_json(this.#box));
  }

  get error() {
    return this.#module.UTF8ToString(this.#module._lt_wasm_error(this.#box));
  }

  get peakBytes() {
    return this.#module._lt_wasm_peak_bytes(this.#box);
  }

  get heapBytes() {
    return this.#module._lt_wasm_heap_bytes();
  }

  #prior(name) {
    return this.constants.prior.find((prior) => prior.name === name)?.code ?? -1;
  }

  #request(prior, { x = 0.5, y = 0.5, side = 0, turns = 0 }) {
    return [this.#prior(prior), x, y, side, turns];
  }

  #status(code) {
    return this.#statuses.get(code) ?? `unknown status ${code}`;
  }

  #copy(bytes) {
    const copy = this.#module._lt_wasm_alloc(bytes.length);
    if (copy === 0) throw new Error(`lt_wasm_alloc gave 0 for ${bytes.length} bytes`);
    this.#module.HEAPU8.set(bytes, copy);
    return copy;
  }

  #document(text) {
    return text === 0 ? null : JSON.parse(this.#module.UTF8ToString(text));
  }
}
