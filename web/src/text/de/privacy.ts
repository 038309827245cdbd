/** German; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../messages';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Datenschutz',
  'privacy.heading': 'Ihr Foto bleibt hier. Probieren Sie es.',
  'privacy.lead':
    'Ihr Foto wird auf diesem Gerät betrachtet, und der Code dieser App sendet es nirgendwohin. Sie müssen uns das nicht glauben: Die Website sagt dem Browser, was sie niemals darf, der Browser verwehrt es der Website selbst, und das erste Skript der Seite schließt, was übrig ist. Was das beweist und was nicht, steht unten.',
  'privacy.tryHeading': 'Versuchen, etwas wegzusenden',
  'privacy.try':
    'Der Knopf lässt diese Seite, und den Teil von ihr, der Ihr Foto hält, eine Adresse anderswo anfragen. Die Adresse ist ein reservierter Name, der niemandem gehört.',
  'privacy.button': 'Versuchen',
  'privacy.again': 'Noch einmal versuchen',
  'privacy.trying': 'Wird versucht',
  'privacy.offline':
    'Im Moment ist kein Netz da. Das Ergebnis ist dasselbe: Der Browser verwehrt es, bevor er danach sucht.',
  'privacy.allRefused': 'Der Browser hat jeden Versuch verwehrt.',
  'privacy.noneArrived':
    'Nichts kam hinaus. Dieser Browser sagt nicht von jedem Versuch, dass die Regel ihn verwehrt hat.',
  'privacy.someOpen': 'Nichts kam hinaus. Was dieser Browser jeder Seite offen lässt, ist unten vermerkt.',
  'privacy.arrived':
    'Etwas wurde gesendet. Aktualisieren Sie den Browser, und sagen Sie es dem Betreiber dieser Website.',
  'privacy.fromPage': 'Von der Seite',
  'privacy.fromWorker': 'Vom Teil mit dem Foto',
  'privacy.byScript': 'Geschlossen vom ersten Skript der Seite',
  'privacy.noWorker': 'Dieser Teil läuft gerade nicht.',
  'privacy.way.fetch': 'Eine Datei holen',
  'privacy.way.picture': 'Ein Bild laden',
  'privacy.way.message': 'Beim Schließen eine Nachricht hinterlassen',
  'privacy.way.line': 'Eine stehende Leitung öffnen',
  'privacy.way.stream': 'Einer anderen Website zuhören',
  'privacy.way.font': 'Eine Schrift laden',
  'privacy.way.frame': 'Eine andere Website in dieser zeigen',
  'privacy.way.prefetch': 'Eine Seite im Voraus holen',
  'privacy.way.call': 'Ein Anruf von Browser zu Browser',
  'privacy.way.inner': 'Dasselbe aus einem eigenen Rahmen',
  'privacy.way.window': 'Ein weiteres Fenster',
  'privacy.way.leave': 'Diese Seite woandershin führen',
  'privacy.way.ahead': 'Sich im Voraus mit einer Website verbinden',
  'privacy.outcome.refused': 'verwehrt durch die Regel {directive}',
  'privacy.outcome.arrived': 'gesendet',
  'privacy.outcome.unclear': 'fehlgeschlagen; der Browser sagt nicht, warum',
  'privacy.outcome.closed': 'geschlossen',
  'privacy.outcome.open': 'dieser Browser bietet keinen Weg, es zu schließen',
  'privacy.forbidHeading': 'Was der Browser dieser Website verbietet',
  'privacy.forbid.connect': 'Etwas von einer anderen Website zu holen oder etwas dorthin zu senden.',
  'privacy.forbid.load': 'Bilder, Skripte, Stile, Schriften oder Rahmen von einer anderen Website zu laden.',
  'privacy.forbid.script': 'Text als Skript auszuführen oder Skripte anzunehmen, die nicht mit der App kamen.',
  'privacy.forbid.form': 'Ein Formular irgendwohin zu senden.',
  'privacy.forbid.sensors': 'Mikrofon und Ort. Die Kamera nur, wenn Sie danach verlangen.',
  'privacy.closedHeading': 'Was das erste Skript schließt',
  'privacy.closed':
    'Anrufe von Browser zu Browser (WebRTC) gehen an jeder Regel des Browsers vorbei; ebenso Verbindungen im Voraus, Fenster und Rahmen, die solche Anrufe neu hätten, Cookies, und ein Skript, das die Seite zu einer Adresse mit Text darin führt. Das erste Skript der Seite nimmt all das weg, bevor ein anderes läuft, und keines kann es zurückholen.',
  'privacy.codeHeading': 'Was der Code niemals tut',
  'privacy.code':
    'Keine Zeile dieser App sendet ein Foto, eine Antwort oder eine Notiz, auch nicht an die eigene Website. Die Tests jeder Version beobachten jede Anfrage und jeden feindlichen Versuch, der hier steht.',
  'privacy.keepHeading': 'Was auf diesem Gerät bleibt',
  'privacy.keep':
    'Die App selbst, das Modell und Ihre Einstellungen. Fotos nur, wenn Sie den Verlauf einschalten, und dann nur hier. Ein Foto steht in keiner Adresse und keinem Protokoll. Eines, das Sie aus einer anderen App an diese teilen, nimmt die Kopie der App im Browser entgegen; die Website wird nicht gefragt.',
  'privacy.asksHeading': 'Worum die Website noch gebeten wird',
  'privacy.asks':
    'Ab und zu, ob es eine neuere App oder ein neueres Modell gibt: zwei Dateinamen, für alle dieselben. Im Flugmodus bleibt auch das aus, und alles funktioniert.',
  'privacy.clearedHeading': 'Wenn Sie die Daten der Website löschen',
  'privacy.cleared':
    'Deinstallieren Sie vorher die App, oder öffnen Sie sie danach einmal. Solange sie ohne ihre Daten installiert ist, geht ein Foto, das Sie aus einer anderen App an sie teilen, an den Rechner dieser Website: Die Website ist darauf eingerichtet, es abzulehnen, doch das Gerät hat es dann verlassen.',
  'privacy.hostileHeading': 'Was ein feindliches Skript noch könnte',
  'privacy.hostile':
    'Käme trotz alledem eines in die App: In einem Browser ohne Navigation API (Safari vor 26.2) könnte es die Seite sichtbar zu einer Adresse mit Text darin führen. Es könnte warten, bis Sie auf einen Link tippen. Solange die App noch nicht auf dem Gerät gespeichert ist, könnte es Text in eine Anfrage an den Rechner dieser Website setzen.',
  'privacy.limitsHeading': 'Was das nicht beweist',
  'privacy.limits':
    'Ein Link, dem Sie folgen, führt hinaus, wie Links es tun. Und keine Seite kann für den Browser, seine Erweiterungen oder das Telefon bürgen.',
};
