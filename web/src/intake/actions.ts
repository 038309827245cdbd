/** Files from wherever: one photo is checked, several make a batch; a model is looked into. */
export function intakeActions(
  takeFile: (file: File) => void,
  addToBatch: (files: File[]) => void,
  openModel: (file: File) => void,
) {
  return {
    takeFiles(files: File[]): void {
      const [first] = files;
      const model = files.find(({ name }) => /\.tflite$/i.test(name));
      if (model) openModel(model);
      else if (files.length > 1) addToBatch(files);
      else if (first) takeFile(first);
    },
  };
}
