/** Handing a file to the person. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  /* The browser has begun to read it by then. */
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
