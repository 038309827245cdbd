/** What the content policy forbids, and trying it. */
export const privacy = {
  'privacy.title': 'Privacy',
  'privacy.heading': 'Nothing leaves. Try it.',
  'privacy.lead':
    'Your photo is looked at on this device. You need not take our word for it: this site tells the browser what it may never do, and the browser refuses the site itself.',

  'privacy.tryHeading': 'Try to send something away',
  'privacy.try':
    'The button lets this page, and the part of it that holds your photo, ask for an address elsewhere. The address is a reserved name that belongs to nobody.',
  'privacy.button': 'Try it',
  'privacy.again': 'Try it again',
  'privacy.trying': 'Trying',
  'privacy.offline': 'There is no network now. The outcome is the same: the browser refuses before it looks for one.',
  'privacy.allRefused': 'The browser refused every attempt.',
  'privacy.noneArrived': 'Nothing got through. This browser does not say of every attempt that the rule stopped it.',
  'privacy.arrived': 'Something was sent. Update the browser, and tell whoever runs this site.',
  'privacy.fromPage': 'From the page',
  'privacy.fromWorker': 'From the part with the photo',
  'privacy.noWorker': 'That part is not running now.',

  'privacy.way.fetch': 'Fetch a file',
  'privacy.way.picture': 'Load a picture',
  'privacy.way.message': 'Leave a message on closing',
  'privacy.way.line': 'Open a standing line',
  'privacy.outcome.refused': 'refused by the rule {directive}',
  'privacy.outcome.arrived': 'sent',
  'privacy.outcome.unclear': 'failed; the browser does not say why',

  'privacy.forbidHeading': 'What the browser forbids this site',
  'privacy.forbid.connect': 'Fetching anything from another site, or sending anything to one.',
  'privacy.forbid.load': 'Loading pictures, scripts, styles, fonts or frames from any other site.',
  'privacy.forbid.script': 'Running text as a script, or taking scripts that did not come with the app.',
  'privacy.forbid.form': 'Sending a form anywhere.',
  'privacy.forbid.sensors': 'Microphone and place. The camera only when you ask for it.',

  'privacy.keepHeading': 'What stays on this device',
  'privacy.keep':
    'The app itself, the model and your settings. Photos only if you turn the history on, and then here alone. A photo is in no address and no log. One that you share to the app from another app is taken by the browser’s own copy of the app; the site is not asked.',
  'privacy.asksHeading': 'What the site is still asked for',
  'privacy.asks':
    'Now and then whether there is a newer app or model: two file names that are the same for everybody. In flight mode even that stays away, and everything works.',
  'privacy.limitsHeading': 'What this does not prove',
  'privacy.limits':
    'A link you follow leads away as links do. And no page can vouch for the browser, its extensions or the phone.',
} as const;
