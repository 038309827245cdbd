/**
 * A TensorFlow Lite file has its mark at byte 4, and only that tells: phones know no type for it, and hand it over under
 * any name. What is called one and is none is best refused as a model, too.
 */
async function isModel(file: File): Promise<boolean> {
  const mark = file.slice(4, 8).text();
  return /\.tflite$/i.test(file.name) || (await mark.catch(() => '')) === 'TFL3';
}

/** What is called a picture is no model, and is taken at once: before whatever is chosen next. */
const isPicture = ({ type }: File): boolean => type.startsWith('image/');

/** Files from wherever: one photo is checked, several make a batch; a model is looked into, and shown last. */
export function intakeActions(
  takeFile: (file: File) => void,
  addToBatch: (files: File[]) => void,
  openModel: (file: File) => void,
) {
  return {
    async takeFiles(files: File[]): Promise<void> {
      const isModels = files.every(isPicture) ? [] : await Promise.all(files.map(isModel));
      const photos = files.filter((_, i) => !isModels[i]);
      const [first] = photos;
      const model = files.find((_, i) => isModels[i]);
      if (photos.length > 1) addToBatch(photos);
      else if (first) takeFile(first);
      if (model) openModel(model);
    },
  };
}
