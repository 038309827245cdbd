/** What happened, and what helps, by the code of the failure. The engine's own line stands beneath. */
export const faults = {
  'fault.insecure':
    'This page has to be opened over https (or localhost); otherwise the browser withholds what it needs.',
  'fault.no-simd':
    'This browser lacks WebAssembly SIMD, which the engine is built on. A current Chrome, Edge, Firefox or Safari (16.4 and later) has it.',
  'fault.engine-load': 'The engine could not be loaded. Look at the connection, or reload the page.',
  'fault.catalog':
    'The list of models could not be read. The site may be set up wrongly, or a login page of the network answers in its place.',
  'fault.catalog-network':
    'The model could not be fetched: no connection to the site. Once loaded, no network is needed.',
  'fault.model-network': 'The model could not be fetched. Look at the connection.',
  'fault.model-hash': 'The model that arrived is not the one that was announced, so it was not used.',
  'fault.storage': 'The browser gave no room to keep the model.',
  'fault.threads': 'The engine’s threads did not start, so it works on one.',
  'fault.unbound':
    'This browser could not start the engine under the site’s privacy rules, so it was not started. Once the app is kept on this device it is tried again; loading the page again helps, too.',
  'fault.time-out': 'It took too long and was stopped.',
  'fault.crash': 'Something went wrong inside the engine. It starts anew when you try again.',
  'fault.stale': 'Another photo has been looked at since.',
  'fault.not-a-picture': 'This is not a picture this browser can read. JPEG and PNG always work.',
  'fault.heic':
    'This browser cannot read HEIC, the form in which iPhones keep photos. Safari can; or save the photo as a JPEG first.',
  'fault.empty-file': 'The file is empty.',
  'fault.sample': 'The sample could not be fetched. Look at the connection.',
  'fault.folder': 'That is a folder. Drop the photos in it instead.',
  'fault.link':
    'That is not a file. Save the picture first, then drop or choose it: this page fetches nothing from elsewhere.',
  'fault.text': 'That is text, not a photo.',
  'fault.nothing-shared': 'No photo came with what was shared.',
  'fault.file-gone': 'The file could not be opened. It may have been moved or deleted.',
  'fault.camera-denied':
    'The camera was not allowed. Allow it in the browser’s settings for this page, or choose a photo instead.',
  'fault.camera-none': 'This device has no camera the browser knows of. Choose a photo instead.',
  'fault.camera-busy': 'Another program holds the camera. Close it and try again, or choose a photo instead.',
  'fault.camera-lost': 'The camera was taken away. Try again, or choose a photo instead.',
  'fault.camera-unfit': 'The camera cannot be used the way this page needs it. Choose a photo instead.',
  'fault.camera-unsupported': 'This browser gives pages no camera. Use the camera app, or choose a photo instead.',
  'fault.camera-failed': 'The camera did not start. Try again, or choose a photo instead.',
  'fault.nothing-pasted': 'There is no picture in the clipboard.',
  'fault.LT_MEMORY': 'There is not enough memory for this. Closing other tabs may help, or a smaller photo.',
  'fault.LT_MODEL_FORMAT': 'The model file is damaged.',
  'fault.LT_MODEL_UNSUPPORTED':
    'The model asks for more than this version of the app can do. Reloading may bring a newer one.',
  'fault.LT_MODEL_METADATA': 'The model file’s description of itself is wrong.',
  'fault.LT_IMAGE_FORMAT': 'The photo is damaged, or is not what it says it is.',
  'fault.LT_IMAGE_UNSUPPORTED': 'This kind of JPEG or PNG is not read. Saved anew by a photo program, it will be.',
  'fault.LT_IMAGE_SIZE': 'The photo has too many pixels. A smaller version works as well.',
  'fault.language': 'The texts of this language could not be fetched. Look at the connection.',
  'fault.screen': 'This page could not be fetched. Look at the connection, or reload.',
  'fault.history-blocked':
    'The browser does not let this page keep anything, as in a private window. Nothing was lost, nothing was kept.',
  'fault.history-full':
    'There is no room left on this device. It was not kept; all that was kept before is still there. Deleting old photos makes room.',
  'fault.history-archive': 'This file is not a whole history of this app. Nothing was changed.',
  'fault.preferences': 'The browser keeps no settings here. They hold until the page is closed.',
  'fault.history-bomb': 'This file unpacks to far more than a history is. Nothing was changed.',
  'fault.history-changed':
    'This has been changed elsewhere meanwhile, so nothing was written over. What is there now is shown; press once more to write yours.',
  'fault.history-elsewhere': 'Another tab of this app is holding the history. Close it, or wait for it, and try again.',
  'fault.history-gone': 'This has been deleted meanwhile, perhaps in another tab. Nothing was written.',
  'fault.history-newer': 'The history was written by a newer version of this app. Reload the page to get it.',
  'fault.history-time-out':
    'The browser’s storage did not answer in time, so it was given up. Try again, or reload the page.',
  'fault.screen-broken': 'Something on this page could not be shown. What is kept on this device is still there.',
} as const;
