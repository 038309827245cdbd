/* A worker of the page's own, that uses the package in its own thread. */
import { Lentigo } from '/node_modules/lentigo/index.js';

self.onmessage = async ({ data: { photo, model } }) => {
  const lentigo = await Lentigo.create({ model });
  self.postMessage(await lentigo.classify(photo));
};
