/** A question to the service worker, with its answer on a port of its own. */
export function askServiceWorker<Answer>(worker: ServiceWorker, question: unknown, ms: number): Promise<Answer | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const end = (answer: Answer | null) => {
      clearTimeout(timer);
      port1.close();
      resolve(answer);
    };
    /* One of another version may not know the question, and says nothing. */
    const timer = setTimeout(end, ms, null);
    port1.onmessage = ({ data }: MessageEvent<Answer>) => end(data);
    worker.postMessage(question, [port2]);
  });
}
