/** Decoding a photo by the browser, upright, in page and worker. */

/** Rejects with the browser's error where it cannot decode it. */
export async function openBitmap(photo: Blob, options: ImageBitmapOptions = {}): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(photo, { ...options, imageOrientation: 'from-image' });
  } catch (error) {
    /* That is said of a photo; anything else of the options, which older browsers do not know. */
    if ((error as Error).name === 'InvalidStateError') throw error;
    const { openBitmapPlainly } = await import('./bitmap-plain');
    return openBitmapPlainly(photo, options);
  }
}
