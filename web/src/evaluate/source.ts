/** A picture, not yet read. */
export interface Source {
  /** With the folders it lies in, `mel/a.jpg`. */
  path: string;
  read: () => Promise<Blob>;
}
