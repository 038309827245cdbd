/** Pictures out of a running video: the photo, and the small ones its quality is judged by. */
import { Fault } from '../protocol/fault';

/* Finer than any of the networks sees a square, and a few milliseconds to read. */
const CHECK_SIDE = 320;
const QUALITY = 0.95;

const checkCanvas = new OffscreenCanvas(CHECK_SIDE, CHECK_SIDE);

/** The centre square of the current frame: [320, 320, 4] u8. Null before the first frame. */
export function smallSquare(video: HTMLVideoElement): ImageData | null {
  const side = Math.min(video.videoWidth, video.videoHeight);
  const context = checkCanvas.getContext('2d', { willReadFrequently: true });
  if (side === 0 || !context) return null;
  const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
  context.drawImage(video, left, top, side, side, 0, 0, CHECK_SIDE, CHECK_SIDE);
  return context.getImageData(0, 0, CHECK_SIDE, CHECK_SIDE);
}

/** The current frame, whole, as a JPEG. It is made here, so nothing but the picture is in it. */
export async function takePicture(video: HTMLVideoElement): Promise<Blob> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) throw new Fault('camera-failed', 'no picture yet');
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Fault('LT_MEMORY', `${width} x ${height} pixels`);
  context.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}
