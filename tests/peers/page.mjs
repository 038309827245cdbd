/* In the page: workers of runtimes, each by its name, and orders to them. */
const workers = new Map();

/** Have the worker `name` do `order`; what it answers. */
window.order = (name, order) =>
  new Promise((resolve, reject) => {
    const worker = workers.get(name);
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(`${name}: ${data.error}`)) : resolve(data));
    worker.onerror = (event) => reject(new Error(`${name}: ${event.message}`));
    worker.postMessage(order);
  });

/** Start a runtime's worker and have it answer for a first photo. */
window.start = (name, runtime, variant, photo, since = Date.now()) => {
  workers.set(name, new Worker(`/build/peers/runtimes/${runtime}.js`));
  return window.order(name, { order: 'start', variant, photo, since });
};

/* With a runtime in its address the page starts it by itself, for the time from the navigation on. */
const query = new URLSearchParams(location.search);
if (query.has('runtime'))
  window.first = window.start(
    query.get('runtime'),
    query.get('runtime'),
    JSON.parse(query.get('variant')),
    query.get('photo'),
    performance.timeOrigin,
  );
