/*
 * What every WebAssembly build has to do, in Node and in a browser: one list of cases. The answers it is
 * held against are the native command line's (support/fixtures.mjs). Nothing here needs Node.
 */
import { Engine } from './support/engine.mjs';

function check(condition, text) {
  if (!condition) throw new Error(text);
}

function same(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(a === b, `${what}: ${a} instead of ${b}`);
}

function withEngine(module, options, use) {
  const engine = new Engine(module, options);
  try {
    return use(engine);
  } finally {
    engine.destroy();
  }
}

/** A fresh engine with a model of the fixtures. */
function withModel(module, model, use, options) {
  return withEngine(module, options, (engine) => {
    same(engine.loadModel(model.bytes), 'LT_OK', `${model.name}: ${engine.error}`);
    return use(engine);
  });
}

/** int8: every bit of every logit; the rest to what the last digit of exp() may differ. */
function compareAnswer(result, expected) {
  same(result.logits, expected.logits, 'logits');
  same(result.photo, expected.photo, 'photo');
  same(result.label, expected.label, 'label');
  same(result.prior, expected.prior, 'prior');
  same(result.model, expected.model, 'model');
  same(Object.keys(result.probabilities), Object.keys(expected.probabilities), 'classes');
  for (const [id, share] of Object.entries(expected.probabilities))
    check(Math.abs(result.probabilities[id] - share) <= 1e-6, `${id}: ${result.probabilities[id]}, not ${share}`);
  const sum = Object.values(result.probabilities).reduce((a, b) => a + b, 0);
  check(Math.abs(sum - 1) <= 1e-6, `the probabilities add up to ${sum}`);
  check(Math.abs(result.malignant - expected.malignant) <= 1e-6, `malignant: ${result.malignant}`);
  for (const member of ['set', 'abstain', 'not_a_lesion', 'ood_score', 'kind', 'quality', 'views'])
    same(result[member], expected[member], member);
}

/** The answer, and the class map of its label: the map's bits too. */
function compareAll(engine, expected) {
  compareAnswer(engine.result, expected);
  const label = engine.model.labels.findIndex(({ id }) => id === expected.map.label);
  same(engine.map(label), expected.map, 'map');
}

function comparePhoto(engine, photo, expected) {
  const status = engine.classify(photo.bytes);
  if (expected.error) {
    check(status !== 'LT_OK', `classified, but native says: ${expected.error}`);
    /* DICOM is left out of the WebAssembly builds for its size. */
    same(engine.error, expected.error.replace('JPEG, PNG and DICOM', 'JPEG and PNG'), 'error');
    check(engine.result === null, 'a result is left behind');
  } else {
    same([status, engine.error], ['LT_OK', ''], 'status');
    compareAll(engine, expected);
  }
}

// ---- cases that hold every photo and model against native ----

function photoCases(module, fixtures) {
  return fixtures.models.flatMap((model) =>
    fixtures.photos.map((photo) => ({
      name: `${model.name}, ${photo.name}: as native`,
      run: () => withModel(module, model, (engine) => comparePhoto(engine, photo, model.answers[photo.name])),
    })),
  );
}

function lookCases(module, { models, photos }) {
  return models.flatMap((model) =>
    model.looks.map(({ photo, region, views, answer }) => ({
      name: `${model.name}, ${photo} at ${Object.values(region)}, ${views} views: as native`,
      run: () =>
        withModel(module, model, (engine) => {
          const { bytes } = photos.find(({ name }) => name === photo);
          same(engine.classify(bytes, 'data', region), 'LT_OK', engine.error);
          for (let i = 1; i < views; i++) same(engine.lookAgain(), 'LT_OK', `view ${i + 1}`);
          compareAll(engine, answer);
        }),
    })),
  );
}

function brokenModelCases(module, fixtures) {
  const [model] = fixtures.models;
  const photo = fixtures.photos.find(({ name }) => !model.answers[name].error);
  return fixtures.brokenModels.map((broken) => ({
    name: `${broken.name}: refused as native does, the model before works on`,
    run: () =>
      withModel(module, model, (engine) => {
        check(engine.loadModel(broken.bytes).startsWith('LT_MODEL_'), `taken: ${engine.error}`);
        same(engine.error, broken.error, 'error');
        comparePhoto(engine, photo, model.answers[photo.name]);
      }),
  }));
}

// ---- the self-test that travels in a model file ----

/** The model with one digit of its self-test changed: the last of the last logit. */
function withOtherNumbers({ bytes }) {
  const begins = [...'"input":"blocks:'].map((character) => character.charCodeAt(0));
  const start = bytes.findIndex((_, at) => begins.every((byte, i) => bytes[at + i] === byte));
  const end = bytes.indexOf(']'.charCodeAt(0), start);
  const spoilt = Uint8Array.from(bytes);
  spoilt[end - 1] = spoilt[end - 1] === 0x31 ? 0x32 : 0x31;
  return spoilt;
}

function selfTestCases(module, { models }) {
  const [without] = models;
  const shipped = models.find(({ name }) => name === 'lesion.tflite');
  return {
    'the shipped model gives the numbers of its self-test': () =>
      withModel(module, shipped, (engine) => same([engine.selfTest(), engine.error], ['LT_OK', ''], 'self-test')),

    'a self-test with another number fails, and names the class': () =>
      withEngine(module, {}, (engine) => {
        same(engine.loadModel(withOtherNumbers(shipped)), 'LT_OK', engine.error);
        const { labels } = engine.model;
        const last = labels.length - 1;
        same(engine.selfTest(), 'LT_SELF_TEST', 'status');
        check(engine.error.startsWith(`class ${last}, ${labels[last].id}: the network gives `), engine.error);
      }),

    'a model without a self-test says so': () =>
      withModel(module, without, (engine) => same(engine.selfTest(), 'LT_NO_SELF_TEST', 'status')),
  };
}

// ---- cases of the entry points themselves ----

function entryCases(module, { models, photos, pixels }) {
  const [model] = models;
  const photo = photos.find(({ name }) => !model.answers[name].error);
  const expected = model.answers[photo.name];
  return {
    'the constants come from C': () =>
      withEngine(module, {}, ({ constants }) => {
        same(constants.status[0], { code: 0, name: 'LT_OK', text: 'fine' }, 'first status');
        same(
          constants.status.map(({ code }) => code),
          constants.status.map((_, i) => i),
          'codes',
        );
        check(new Set(constants.status.map(({ name }) => name)).size === constants.status.length, 'names twice');
        same(
          constants.prior.map(({ name }) => name),
          ['data', 'uniform'],
          'priors',
        );
        same(constants.faults, ['blurred', 'dark', 'bright', 'flat', 'small', 'large', 'cut'], 'faults');
        same(constants.options, { max_pixels: 50000000, full_decode: false }, 'options');
      }),

    'without a model there is a status, and nothing to read': () =>
      withEngine(module, {}, (engine) => {
        same(engine.classify(photo.bytes), 'LT_NO_MODEL', 'status');
        same(engine.error, 'lt_result_create: load a model first', 'error');
        same([engine.result, engine.model], [null, null], 'documents');
      }),

    'deciding again gives what classifying with that prior gives': () =>
      withModel(module, model, (engine) => {
        engine.classify(photo.bytes, 'uniform');
        const { ms: _, ...uniform } = engine.result;
        engine.classify(photo.bytes, 'data');
        const { ms: __, ...data } = engine.result;
        check(JSON.stringify(data.probabilities) !== JSON.stringify(uniform.probabilities), 'priors do nothing');
        same(engine.decide('uniform'), 'LT_OK', 'status');
        const { ms: ___, ...again } = engine.result;
        same(again, uniform, 'decided again');
      }),

    'deciding before classifying is an error': () =>
      withModel(module, model, (engine) => {
        same(engine.decide('data'), 'LT_ARGUMENT', 'status');
        same(engine.classify(photo.bytes, 'none of these'), 'LT_ARGUMENT', 'unknown prior');
      }),

    'pixels decoded elsewhere give the same as their PNG': () =>
      withModel(module, model, (engine) => {
        same(engine.classifyPixels(pixels.rgba, pixels.width, pixels.height), 'LT_OK', 'status');
        const { logits } = engine.result;
        same(engine.classify(pixels.png), 'LT_OK', 'status of the PNG');
        same(logits, engine.result.logits, 'logits');
      }),

    'a check of pixels measures what classifying them does, and leaves the answer': () =>
      withModel(module, model, (engine) => {
        same(engine.quality, null, 'quality before');
        same(engine.classify(photo.bytes), 'LT_OK', 'status');
        const region = { x: 0.3, y: 0.6, side: 0.4, turns: 1 };
        same(engine.checkPixels(pixels.rgba, pixels.width, pixels.height, region), 'LT_OK', 'check');
        const { quality } = engine;
        same(engine.lookAgain(), 'LT_OK', 'the photo from before');
        same(engine.classifyPixels(pixels.rgba, pixels.width, pixels.height, 'data', region), 'LT_OK', 'status');
        same(engine.result.quality, quality, 'quality');
        same(engine.checkPixels(pixels.rgba, pixels.width, pixels.height, { side: 2 }), 'LT_ARGUMENT', 'wrong side');
        same(engine.error, 'lt_check_rgba: side 2 is not from 0 to 1', 'error');
        same(engine.quality, null, 'quality after an error');
      }),

    'views end, and there is no map or look before a photo': () =>
      withModel(module, model, (engine) => {
        same([engine.map(0), engine.lookAgain()], [null, 'LT_ARGUMENT'], 'before');
        same(engine.classify(photo.bytes), 'LT_OK', 'status');
        for (let i = 1; i < engine.model.views; i++) same(engine.lookAgain(), 'LT_OK', `view ${i + 1}`);
        const { ms: _, ...last } = engine.result;
        same(engine.lookAgain(), 'LT_ARGUMENT', 'one too many');
        same(engine.error, `lt_look_again: all ${engine.model.views} views are done`, 'error');
        const { ms: __, ...after } = engine.result;
        same(after, last, 'the result after it');
        same(engine.map(engine.model.labels.length), null, 'a class that is none');
      }),

    'the model says what it is': () =>
      withModel(module, model, (engine) => {
        same(engine.model.bytes, model.bytes.length, 'bytes');
        same(engine.model.metadata.format, 1, 'format');
        same(
          engine.model.kinds.map(({ id, temperature }) => [id, temperature]),
          [['', 0.8]],
          'the one kind of format 1',
        );
        same(
          engine.model.labels.map(({ id }) => id),
          Object.keys(expected.probabilities),
          'labels',
        );
      }),

    'a model of format 2 tells the kinds, and neither': () => {
      const two = models.find(({ name }) => name === 'kinds.tflite');
      withModel(module, two, (engine) => {
        same(
          engine.model.kinds.map(({ id, name }) => [id, name]),
          two.kinds.map(({ id, name }) => [id, name]),
          'kinds',
        );
        const told = photos.filter(({ bytes }) => engine.classify(bytes) === 'LT_OK').map(({ name }) => name);
        const seen = new Set(told.map((name) => two.answers[name].kind));
        same([...seen].sort(), ['clinical', 'dermoscopic', 'neither'], 'kinds that the photos are of');
        const dim = photos.find(({ name }) => two.answers[name].kind === 'clinical');
        same(engine.classify(dim.bytes), 'LT_OK', 'status');
        for (const prior of ['uniform', 'data']) {
          same(engine.decide(prior), 'LT_OK', prior);
          same(engine.result.kind, 'clinical', 'kind, decided again');
        }
        same(engine.lookAgain(), 'LT_OK', 'second view');
        same(engine.result.kind, 'clinical', 'kind of two views');
      });
    },

    'a photo of more pixels than allowed is refused': () =>
      withModel(
        module,
        model,
        (engine) => {
          same(engine.classify(photo.bytes), 'LT_IMAGE_SIZE', 'status');
          check(engine.result === null, 'a result is left behind');
        },
        { maxPixels: 1000 },
      ),

    'a square is proposed around a spot, and none where there is nothing or too much': () =>
      withModel(module, model, (engine) => {
        const [width, height] = [96, 72];
        const skin = new Uint8Array(width * height * 4).fill(200);
        same(engine.propose(skin, width, height), { x: 0.5, y: 0.5, side: 0 }, 'bare skin');
        const spot = skin.map((value, at) => {
          const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
          return x >= 60 && x < 76 && y >= 30 && y < 46 && at % 4 < 3 ? 80 : value;
        });
        const square = engine.propose(spot, width, height);
        const expected = { x: 68 / width, y: 38 / height, side: (1.6 * 16) / height };
        for (const [name, value] of Object.entries(expected))
          check(Math.abs(square[name] - value) < 1e-6, `${name}: ${square[name]}, not ${value}`);
        same(engine.propose(skin, 5000, 1), null, 'a side of 5000');
      }),

    'a photo is told, proposed in and drawn, and what is none is refused': () =>
      withModel(module, model, (engine) => {
        const kinds = photos.map(({ bytes }) => engine.photoKind(bytes.subarray(0, 4096)));
        check(kinds.includes('jpeg') && kinds.includes('png'), `kinds ${kinds}`);
        for (const { name, bytes } of photos.filter((_, i) => kinds[i] === 'jpeg' || kinds[i] === 'png')) {
          if (engine.classify(bytes) !== 'LT_OK') continue;
          const { x, y, side } = engine.proposeIn(bytes);
          check(x > 0 && x < 1 && y > 0 && y < 1 && side >= 0 && side <= 1, `${name}: proposal ${[x, y, side]}`);
          const rgba = engine.draw(bytes, 8);
          check(rgba.length === 256 && rgba.every((value, at) => at % 4 < 3 || value === 255), `${name}: drawing`);
          check(engine.photoBytes(bytes) > 0, `${name}: bytes`);
        }
        const text = new TextEncoder().encode('no photo');
        same(engine.photoKind(text), 'other', 'kind');
        same(engine.proposeIn(text), null, 'proposal');
        same(engine.draw(text, 8), null, 'drawing');
        same(engine.photoBytes(text), 0, 'bytes');
      }),

    'a photo that takes more memory than is allowed is refused before it is decoded': () =>
      withModel(
        module,
        model,
        (engine) => {
          same(engine.classify(photo.bytes), 'LT_MEMORY', 'status');
          check(/reading it takes \d+ bytes, at most 10000/.test(engine.error), engine.error);
        },
        { maxBytes: 10000 },
      ),

    'a full decode differs little from a reduced one': () => {
      const large = photos.find(({ name }) => model.answers[name].photo?.scale > 1);
      withModel(
        module,
        model,
        (engine) => {
          same(engine.classify(large.bytes), 'LT_OK', 'status');
          same(engine.result.photo.scale, 1, 'scale');
          const shares = Object.entries(model.answers[large.name].probabilities);
          const most = Math.max(...shares.map(([id, share]) => Math.abs(share - engine.result.probabilities[id])));
          check(most < 0.05, `a probability differs by ${most}`);
        },
        { fullDecode: true },
      );
    },

    'two engines share nothing': () =>
      withModel(module, model, (one) =>
        withModel(module, model, (two) => {
          same(one.classify(photo.bytes), 'LT_OK', 'first');
          same(two.classify(new Uint8Array(10)), 'LT_IMAGE_FORMAT', 'second');
          same(one.error, '', 'error of the first');
          compareAnswer(one.result, expected);
        }),
      ),
  };
}

// ---- memory ----

function memoryCases(module, { models, photos }) {
  const [model] = models;
  const photo = photos.find(({ name }) => !model.answers[name].error);
  return {
    'a thousand photos in a row take no more memory than ten': () =>
      withModel(module, model, (engine) => {
        for (let i = 0; i < 10; i++) engine.classify(photo.bytes);
        const [heap, peak] = [engine.heapBytes, engine.peakBytes];
        for (let i = 0; i < 990; i++) same(engine.classify(photo.bytes), 'LT_OK', `photo ${i}`);
        same([engine.heapBytes, engine.peakBytes], [heap, peak], 'heap and peak');
      }),

    'engines that come and go leave no memory behind': () => {
      const once = () =>
        withModel(module, model, (engine) => {
          engine.classify(photo.bytes);
          return engine.heapBytes;
        });
      for (let i = 0; i < 3; i++) once();
      const heap = once();
      for (let i = 0; i < 30; i++) same(once(), heap, `heap of engine ${i}`);
    },

    'models that take turns leave no memory behind': () =>
      withModel(module, model, (engine) => {
        const turn = () => {
          for (const { bytes } of models) same(engine.loadModel(bytes), 'LT_OK', engine.error);
        };
        for (let i = 0; i < 3; i++) turn();
        const heap = engine.heapBytes;
        for (let i = 0; i < 10; i++) turn();
        same(engine.heapBytes, heap, 'heap');
      }),

    'memory that cannot be had is a 0, and the engine works on': () =>
      withModel(module, model, (engine) => {
        same(module._lt_wasm_alloc(0xf0000000), 0, 'alloc');
        comparePhoto(engine, photo, model.answers[photo.name]);
      }),

    'a view is taken again after the memory grew': () =>
      withModel(module, model, (engine) => {
        const before = module.HEAPU8;
        const heap = engine.heapBytes;
        const block = module._lt_wasm_alloc(heap);
        check(block !== 0 && engine.heapBytes > heap, 'the memory did not grow');
        check(before.length === 0, 'the old view still stands');
        same(module.HEAPU8.length, engine.heapBytes, 'the new view');
        module._lt_wasm_free(block);
        comparePhoto(engine, photo, model.answers[photo.name]);
      }),
  };
}

/** [{ name, run }]: run throws where the build fails. */
export function cases(module, fixtures) {
  /* Threads come back when their worker is idle, and these cases make dozens of engines without a pause. */
  const ofMemory = module.engineThreads > 1 ? {} : memoryCases(module, fixtures);
  const named = { ...entryCases(module, fixtures), ...selfTestCases(module, fixtures), ...ofMemory };
  return [
    ...photoCases(module, fixtures),
    ...lookCases(module, fixtures),
    ...brokenModelCases(module, fixtures),
    ...Object.entries(named).map(([name, run]) => ({ name, run })),
  ];
}
