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
  const [builds, threads] = [all.map(({ build }) => build), all.map((one) => one.threads)];
  for (const one of all) one.dispose();
  const element = document.querySelector('lentigo-classifier');
  element.model = model;
  results.push(await element.classify(photo));
  return { results, builds, threads, other, text: element.shadowRoot.textContent };
}

run().then(
  (answer) => Object.assign(window, { answer }),
  (error) => Object.assign(window, { answer: { error: String(error) } }),
);
