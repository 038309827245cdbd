/** What the content policy forbids, and trying it. */
export const privacy = {
  'privacy.title': 'Privacy',
  'privacy.heading': 'Your photo stays here. Try it.',
  'privacy.lead':
    'Your photo is looked at on this device, and this app’s code sends it nowhere. You need not take our word for it: the site tells the browser what it may never do, the browser refuses the site itself, and the first script of the page closes what is left. What that proves, and what it does not, stands below.',

  'privacy.tryHeading': 'Try to send something away',
  'privacy.try':
    'The button lets this page, and the part of it that holds your photo, ask for an address elsewhere. The address is a reserved name that belongs to nobody.',
  'privacy.button': 'Try it',
  'privacy.again': 'Try it again',
  'privacy.trying': 'Trying',
  'privacy.offline': 'There is no network now. The outcome is the same: the browser refuses before it looks for one.',
  'privacy.allRefused': 'The browser refused every attempt.',
  'privacy.noneArrived': 'Nothing got through. This browser does not say of every attempt that the rule stopped it.',
  'privacy.someOpen': 'Nothing got through. What this browser leaves open to every page is marked below.',
  'privacy.arrived': 'Something was sent. Update the browser, and tell whoever runs this site.',
  'privacy.fromPage': 'From the page',
  'privacy.fromWorker': 'From the part with the photo',
  'privacy.byScript': 'Closed by the page’s first script',
  'privacy.noWorker': 'That part is not running now.',

  'privacy.way.fetch': 'Fetch a file',
  'privacy.way.picture': 'Load a picture',
  'privacy.way.message': 'Leave a message on closing',
  'privacy.way.line': 'Open a standing line',
  'privacy.way.stream': 'Listen to another site',
  'privacy.way.font': 'Load a font',
  'privacy.way.frame': 'Show another site inside this one',
  'privacy.way.prefetch': 'Fetch a page ahead',
  'privacy.way.call': 'A call from browser to browser',
  'privacy.way.inner': 'The same from a frame of its own',
  'privacy.way.window': 'Another window',
  'privacy.way.leave': 'Lead this page elsewhere',
  'privacy.way.ahead': 'Connect to a site ahead',
  'privacy.outcome.refused': 'refused by the rule {directive}',
  'privacy.outcome.arrived': 'sent',
  'privacy.outcome.unclear': 'failed; the browser does not say why',
  'privacy.outcome.closed': 'closed',
  'privacy.outcome.open': 'this browser gives no way to close it',

  'privacy.forbidHeading': 'What the browser forbids this site',
  'privacy.forbid.connect': 'Fetching anything from another site, or sending anything to one.',
  'privacy.forbid.load': 'Loading pictures, scripts, styles, fonts or frames from any other site.',
  'privacy.forbid.script': 'Running text as a script, or taking scripts that did not come with the app.',
  'privacy.forbid.form': 'Sending a form anywhere.',
  'privacy.forbid.sensors': 'Microphone and place. The camera only when you ask for it.',
  'privacy.closedHeading': 'What the first script closes',
  'privacy.closed':
    'Calls from browser to browser (WebRTC) pass by every rule of the browser; so do connections made ahead, windows and frames that would have such calls afresh, cookies, and a script that leads the page to an address with text in it. The first script of the page takes these away before any other runs, and none can bring them back.',
  'privacy.codeHeading': 'What the code never does',
  'privacy.code':
    'No line of this app sends a photo, an answer or a note, to its own site either. The tests of each version watch every request and every hostile attempt listed here.',

  'privacy.keepHeading': 'What stays on this device',
  'privacy.keep':
    'The app itself, the model and your settings. Photos only if you turn the history on, and then here alone. A photo is in no address and no log. One that you share to the app from another app is taken by the browser’s own copy of the app; the site is not asked.',
  'privacy.asksHeading': 'What the site is still asked for',
  'privacy.asks':
    'Now and then whether there is a newer app or model: two file names that are the same for everybody. In flight mode even that stays away, and everything works.',
  'privacy.clearedHeading': 'If you delete the site’s data',
  'privacy.cleared':
    'Uninstall the app first, or open it once afterwards. As long as it is installed without its data, a photo shared to it from another app goes to this site’s host: the site is set up to refuse it, but it has left the device then.',
  'privacy.hostileHeading': 'What a hostile script could still do',
  'privacy.hostile':
    'Were one to get into the app in spite of all this: in a browser without the Navigation API (Safari before 26.2) it could lead the page to an address with text in it, in plain sight. It could wait for your tap on a link. Before the app is kept on this device it could put text into a request to this site’s own host.',
  'privacy.limitsHeading': 'What this does not prove',
  'privacy.limits':
    'A link you follow leads away as links do. And no page can vouch for the browser, its extensions or the phone.',
} as const;
