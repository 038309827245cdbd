/* What a page does with the package, whoever bundles it: the answer is in `window.answer`. */
import { Lentigo } from 'lentigo';
import 'lentigo/element';
import model from 'lentigo-model-lite0';

async function run() {
  const photo = await (await fetch('photo.jpg')).blob();
  const lentigo = await Lentigo.create({ model });
  const local = await Lentigo.create({ model, worker: false });
  const results = [await lentigo.classify(photo), await local.classify(photo)];
  lentigo.dispose();
  local.dispose();
  const element = document.querySelector('lentigo-classifier');
  element.model = model;
  results.push(await element.classify(photo));
  return { results, text: element.shadowRoot.textContent };
}

run().then(
  (answer) => Object.assign(window, { answer }),
  (error) => Object.assign(window, { answer: { error: String(error) } }),
);
