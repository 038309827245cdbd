/** Choosing what of the photo is looked at. */
export const crop = {
  'crop.open': 'Turn or choose the spot',
  'crop.place': 'The photo with the square that is looked at',
  'crop.help':
    'Drag the square onto the spot, with some skin around it. Pinch, turn the wheel, or press + and − for its size; the arrow keys move it.',
  'crop.propose': 'Take the dashed square: around the largest dark spot',
  'crop.size': 'Size',
  'crop.left': 'Turn left',
  'crop.right': 'Turn right',
  'crop.cancel': 'Cancel',
  'crop.done': 'Look at this',
} as const;
