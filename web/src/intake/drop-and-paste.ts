/** How photos reach the page besides the buttons: dropped anywhere on it, or pasted. */
import type { FaultCode } from '../protocol/fault';

export interface Receiver {
  takeFiles(files: File[]): void;
  refuse(code: FaultCode): void;
  setDragging(dragging: boolean): void;
}

/** The files among what was handed over, and whether there was a folder. */
function filesOf(data: DataTransfer): { files: File[]; folder: boolean } {
  const files: File[] = [];
  let folder = false;
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    if (item.webkitGetAsEntry()?.isDirectory) folder = true;
    else if (file) files.push(file);
  }
  return { files, folder };
}

function take(data: DataTransfer, receiver: Receiver, nothing: FaultCode): void {
  const { files, folder } = filesOf(data);
  /* Where there are pictures, or a model, what else came with them is not meant. What they are in truth, their bytes say. */
  const meant = files.filter(({ name, type }) => type.startsWith('image/') || /\.tflite$/i.test(name));
  if (meant.length > 0) receiver.takeFiles(meant);
  else if (files.length > 0) receiver.takeFiles(files);
  else if (folder) receiver.refuse('folder');
  else receiver.refuse(data.types.includes('text/uri-list') ? 'link' : nothing);
}

/** Text pasted into a field is meant for the field. */
const isField = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;

export function listenForPhotos(target: Window, receiver: Receiver): void {
  let depth = 0;
  const setDepth = (next: number) => {
    depth = Math.max(0, next);
    receiver.setDragging(depth > 0);
  };
  target.addEventListener('dragenter', () => setDepth(depth + 1));
  target.addEventListener('dragleave', () => setDepth(depth - 1));
  target.addEventListener('dragover', (event) => event.preventDefault());
  target.addEventListener('drop', (event) => {
    /* Else the browser leaves the page for the dropped file. */
    event.preventDefault();
    setDepth(0);
    if (event.dataTransfer) take(event.dataTransfer, receiver, 'text');
  });
  target.addEventListener('paste', (event) => {
    if (event.clipboardData && !isField(event.target)) take(event.clipboardData, receiver, 'nothing-pasted');
  });
}
