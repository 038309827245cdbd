/** The live camera. */
export const camera = {
  'camera.title': 'Camera',
  'camera.view': 'What the camera sees',
  'camera.off': 'The camera is off',
  'camera.opening': 'Opening the camera',
  'camera.asking': 'The browser may ask whether this page may use the camera.',
  'camera.failed': 'No camera',
  'camera.shoot': 'Take the photo',
  'camera.app': 'Use the camera app',
  'camera.torch': 'Lamp',
  'camera.zoom': 'Zoom',
  'camera.zoomValue': '{value} times',
  'camera.local': 'The picture stays on this device. The camera is switched off when you leave this page.',

  'camera.aim': 'Put the spot into the ring, then tap the picture or press the space bar.',
  'camera.good': 'Good. Hold still and take the photo.',
  'camera.fault.blurred': 'Blurred. Hold still, or move a little away until it is sharp.',
  'camera.fault.dark': 'Too dark. More light, or the lamp.',
  'camera.fault.bright': 'Too bright. Turn out of the glare.',
  'camera.fault.flat': 'Hardly any contrast. Is there a spot in the ring?',
  'camera.fault.small': 'Too far away, or nothing in the ring. Move closer to the spot.',
  'camera.fault.large': 'Too close. Some skin around the spot should be seen.',
} as const;
