/* The command line beside TFLite and onnxruntime, each in a process of its own, in turn. */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { COMMAND, ROOT } from '../support/fixtures.mjs';
import { rounds } from './rounds.mjs';

const ROUNDS = rounds(12);
const CALLS = 25;
const FOLDER = `${ROOT}build/peers/`;
const PEERS = [
  { name: 'TFLite', form: 'int8', runtime: 'tflite', file: `${ROOT}model/lesion.tflite` },
  { name: 'TFLite', form: 'fp32', runtime: 'tflite', file: `${FOLDER}models/fp32.tflite` },
  { name: 'onnxruntime', form: 'int8', runtime: 'onnx', file: `${FOLDER}models/int8.onnx` },
  { name: 'onnxruntime', form: 'fp32', runtime: 'onnx', file: `${FOLDER}models/fp32.onnx` },
];

/** A process of native.py: ask(order) gives its answer. */
function startPython() {
  const python = spawn(process.env.PEERS_PYTHON, [`${ROOT}tests/peers/native.py`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const ask = async (order) => {
    python.stdin.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('native.py ended early');
    return JSON.parse(value);
  };
  return { ask, close: () => python.stdin.end() };
}

function ours(threads) {
  const options = ['bench', '--json', '--runs', String(CALLS), '--threads', String(threads)];
  const run = spawnSync(COMMAND, options, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  const figures = JSON.parse(run.stdout.split('\n')[0]);
  return [figures['call ms'], figures['fastest call ms']];
}

/** ms of calls by "name, form, threads"; of ours the median and the fastest of each round. */
export async function nativeInTurn(rgba) {
  const pixels = `${FOLDER}pixels.rgb`;
  writeFileSync(pixels, Buffer.from(rgba.filter((_, i) => i % 4 !== 3)));
  const python = startPython();
  const times = {};
  for (let round = 0; round < ROUNDS; round++)
    for (const threads of [1, 2]) {
      const keep = (key, some) => (times[key] = [...(times[key] ?? []), ...some]);
      keep(`Lentigo, int8, ${threads}`, ours(threads));
      for (const { name, form, runtime, file } of PEERS)
        keep(`${name}, ${form}, ${threads}`, (await python.ask({ runtime, file, threads, pixels, runs: CALLS })).times);
    }
  python.close();
  return times;
}
