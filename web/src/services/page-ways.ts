/** Ways to another site that only a page has; for trying that they are refused. */
import { COMMON_WAYS, type Way } from '../shared/attempt';

const viaPicture: Way = (url) =>
  new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = url;
  });

/* A beacon's answer says only that it was queued. */
const viaMessage: Way = async (url) => {
  navigator.sendBeacon(url, 'attempt');
  return false;
};

export const PAGE_WAYS = { ...COMMON_WAYS, picture: viaPicture, message: viaMessage };
