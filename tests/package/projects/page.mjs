/* What a page does with the package, whoever bundles it: the answer is in `window.answer`. */
import { Lentigo } from 'lentigo';
import 'lentigo/element';
import model from 'lentigo-model-lite0';

async function run() {
  const photo = await (await fetch('photo.jpg')).blob();
  /* Two threads where the page is isolated, and one without a word where it is not. */
  const lentigo = await Lentigo.create({ model, threads: 2 });
  const local = await Lentigo.create({ model, worker: false, threads: 2 });
  const wide = await Lentigo.create({ model: 'other.tflite', threads: 2 });
  const all = [lentigo, local, wide];
  const results = [await lentigo.classify(photo), await local.classify(photo)];
  const { probabilities: other } = await wide.classify(photo);
  const sayings = [];
  const element = document.querySelector('lentigo-classifier');
  /* What it shows is drawn once the answer is out. */
  const show = async () => {
    const result = await element.classify(photo);
    await new Promise((resolve) => setTimeout(resolve));
    sayings.push(element.shadowRoot.textContent);
    return result;
  };
  element.lentigo = wide;
  await show();
  element.lentigo = null;
  const [builds, threads] = [all.map(({ build }) => build), all.map((one) => one.threads)];
  for (const one of all) one.dispose();
  element.model = model;
  results.push(await show());
  return { results, builds, threads, other, sayings };
}

run().then(
  (answer) => Object.assign(window, { answer }),
  (error) => Object.assign(window, { answer: { error: String(error) } }),
);
