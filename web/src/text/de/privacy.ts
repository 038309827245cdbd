/** German; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../i18n';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'Datenschutz',
  'privacy.heading': 'Nichts geht hinaus. Probieren Sie es.',
  'privacy.lead':
    'Ihr Foto wird auf diesem Gerät betrachtet. Sie müssen uns das nicht glauben: Diese Website sagt dem Browser, was sie niemals darf, und der Browser verwehrt es der Website selbst.',
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
  'privacy.arrived':
    'Etwas wurde gesendet. Aktualisieren Sie den Browser, und sagen Sie es dem Betreiber dieser Website.',
  'privacy.fromPage': 'Von der Seite',
  'privacy.fromWorker': 'Vom Teil mit dem Foto',
  'privacy.noWorker': 'Dieser Teil läuft gerade nicht.',
  'privacy.way.fetch': 'Eine Datei holen',
  'privacy.way.picture': 'Ein Bild laden',
  'privacy.way.message': 'Beim Schließen eine Nachricht hinterlassen',
  'privacy.way.line': 'Eine stehende Leitung öffnen',
  'privacy.outcome.refused': 'verwehrt durch die Regel {directive}',
  'privacy.outcome.arrived': 'gesendet',
  'privacy.outcome.unclear': 'fehlgeschlagen; der Browser sagt nicht, warum',
  'privacy.forbidHeading': 'Was der Browser dieser Website verbietet',
  'privacy.forbid.connect': 'Etwas von einer anderen Website zu holen oder etwas dorthin zu senden.',
  'privacy.forbid.load': 'Bilder, Skripte, Stile, Schriften oder Rahmen von einer anderen Website zu laden.',
  'privacy.forbid.script': 'Text als Skript auszuführen oder Skripte anzunehmen, die nicht mit der App kamen.',
  'privacy.forbid.form': 'Ein Formular irgendwohin zu senden.',
  'privacy.forbid.sensors': 'Mikrofon und Ort. Die Kamera nur, wenn Sie danach verlangen.',
  'privacy.keepHeading': 'Was auf diesem Gerät bleibt',
  'privacy.keep':
    'Die App selbst, das Modell und Ihre Einstellungen. Fotos nur, wenn Sie den Verlauf einschalten, und dann nur hier. Ein Foto steht in keiner Adresse und keinem Protokoll. Eines, das Sie aus einer anderen App an diese teilen, nimmt die Kopie der App im Browser entgegen; die Website wird nicht gefragt.',
  'privacy.asksHeading': 'Worum die Website noch gebeten wird',
  'privacy.asks':
    'Ab und zu, ob es eine neuere App oder ein neueres Modell gibt: zwei Dateinamen, für alle dieselben. Im Flugmodus bleibt auch das aus, und alles funktioniert.',
  'privacy.limitsHeading': 'Was das nicht beweist',
  'privacy.limits':
    'Ein Link, dem Sie folgen, führt hinaus, wie Links es tun. Und keine Seite kann für den Browser, seine Erweiterungen oder das Telefon bürgen.',
};
