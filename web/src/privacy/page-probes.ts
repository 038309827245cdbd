/** Ways to another site that only a page has; for trying that they are refused. */
import { COMMON_WAYS, type Way } from '../probe/probe';

const viaPicture: Way = (url) =>
  new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = url;
  });

/* A beacon's answer says only that it was queued. */
const viaMessage: Way = async (url) => {
  navigator.sendBeacon(url, 'probe');
  return false;
};

const viaStream: Way = (url) =>
  new Promise((resolve) => {
    const stream = new EventSource(url);
    const end = (sent: boolean) => {
      stream.close();
      resolve(sent);
    };
    stream.onopen = () => end(true);
    stream.onerror = () => end(false);
  });

const viaFont: Way = (url) =>
  new FontFace('probe', `url(${url})`).load().then(
    () => true,
    () => false,
  );

/*
 * What a page is shown of a frame or a page fetched ahead says nothing: only the policy's word counts. A form is not
 * tried: for a moment it would open a window, or lead this page away.
 */
const viaFrame: Way = async (url) => {
  document.body.append(Object.assign(document.createElement('iframe'), { src: url, hidden: true }));
  return false;
};

const viaPrefetch: Way = async (url) => {
  const link = Object.assign(document.createElement('link'), { rel: 'prefetch', href: url });
  document.head.append(link);
  setTimeout(() => link.remove(), 5_000);
  return false;
};

const canPrefetch = () => document.createElement('link').relList.supports('prefetch');

export const pageWays = () => ({
  ...COMMON_WAYS,
  picture: viaPicture,
  message: viaMessage,
  stream: viaStream,
  font: viaFont,
  frame: viaFrame,
  ...(canPrefetch() && { prefetch: viaPrefetch }),
});
