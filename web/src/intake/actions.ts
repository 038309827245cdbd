/** Photos from wherever: one is checked, several make a batch. */
export function intakeActions(takeFile: (file: File) => void, addToBatch: (files: File[]) => void) {
  return {
    takeFiles(files: File[]): void {
      const [first] = files;
      if (files.length > 1) addToBatch(files);
      else if (first) takeFile(first);
    },
  };
}
