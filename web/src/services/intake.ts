/** How a photo reaches the page besides the buttons: dropped anywhere on it, or pasted. */
import type { FaultCode } from '../shared/fault';

export interface Receiver {
  takeFile(file: File): void;
  refuse(code: FaultCode): void;
  setDragging(dragging: boolean): void;
}

const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry()?.isDirectory === true;

function take(data: DataTransfer, receiver: Receiver, nothing: FaultCode): void {
  /* Of several files the first picture is meant; what it is in truth, its bytes say later. */
  const files = [...data.files];
  const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
  const folder = [...data.items].some((item) => item.kind === 'file' && isFolder(item));
  if (folder && !file?.type) receiver.refuse('folder');
  else if (file) receiver.takeFile(file);
  else receiver.refuse(nothing);
}

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
    if (event.dataTransfer) take(event.dataTransfer, receiver, 'link');
  });
  target.addEventListener('paste', (event) => {
    if (event.clipboardData) take(event.clipboardData, receiver, 'nothing-pasted');
  });
}
