/** Handing a file to the person: as a download, or in a home-screen app of iOS, which has none, by the share sheet. */

/** Only Safari on iOS has this member; it is true in an app on the home screen. */
const inHomeScreenApp = () => (navigator as { standalone?: boolean }).standalone === true;

let onReady: (file: File | null) => void = () => undefined;

/** `listener` hears of a file that can only be handed over after another tap, and of null once it has been. */
export function watchReadyFile(listener: (file: File | null) => void): void {
  onReady = listener;
}

/** The person does not want it any more. */
export const dropReadyFile = (): void => onReady(null);

/** True where it went out; false where the person closed the sheet, or has to tap once more. */
export async function downloadFile(content: Blob, name: string): Promise<boolean> {
  const file = new File([content], name, { type: content.type });
  onReady(null);
  if (!inHomeScreenApp() || !navigator.canShare?.({ files: [file] })) return download(file);
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    const { name: reason } = error as Error;
    /* The tap that asked for the file is too long ago: it took its time to be made. */
    if (reason === 'NotAllowedError') onReady(file);
    if (reason === 'NotAllowedError' || reason === 'AbortError' || reason === 'InvalidStateError') return false;
    return download(file);
  }
}

function download(file: File): boolean {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  /* The browser has begun to read it by then. */
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
