/* Starts the worker as soon as the page has this script; its figures end up in `figures`, a promise. */
const query = new URLSearchParams(location.search);
const worker = new Worker('/tests/bench/worker.mjs', { type: 'module' });
window.figures = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.figures));
  worker.onerror = (event) => reject(new Error(event.message));
});
worker.postMessage({ build: query.get('build'), since: performance.timeOrigin, all: query.has('all') });
