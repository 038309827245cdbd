/** German; what it is for is in ../en/faults.ts. */

import type { faults as english } from '../en/faults';
import type { Texts } from '../messages';

export const faults: Texts<typeof english> = {
  'fault.insecure':
    'Diese Seite muss über https (oder localhost) geöffnet werden; sonst gibt der Browser nicht her, was sie braucht.',
  'fault.no-simd':
    'Diesem Browser fehlt WebAssembly SIMD, worauf das Rechenwerk beruht. Ein aktueller Chrome, Edge, Firefox oder Safari (ab 16.4) hat es.',
  'fault.engine-load':
    'Das Rechenwerk konnte nicht geladen werden. Prüfen Sie die Verbindung, oder laden Sie die Seite neu.',
  'fault.catalog':
    'Die Liste der Modelle konnte nicht gelesen werden. Vielleicht ist die Website falsch eingerichtet, oder die Anmeldeseite eines Netzes antwortet an ihrer Stelle.',
  'fault.catalog-network':
    'Das Modell konnte nicht geholt werden: keine Verbindung zur Website. Einmal geladen, braucht es kein Netz.',
  'fault.model-network': 'Das Modell konnte nicht geholt werden. Prüfen Sie die Verbindung.',
  'fault.model-hash': 'Das Modell, das kam, ist nicht das angekündigte; darum wurde es nicht benutzt.',
  'fault.storage': 'Der Browser gab keinen Platz für das Modell.',
  'fault.threads': 'Die Threads der Engine sind nicht angelaufen; sie rechnet auf einem.',
  'fault.unbound':
    'Dieser Browser konnte das Rechenwerk nicht unter den Datenschutzregeln der Website starten; deshalb wurde es nicht gestartet. Sobald die App auf dem Gerät gespeichert ist, wird es erneut versucht; auch neu laden hilft.',
  'fault.time-out': 'Es dauerte zu lange und wurde abgebrochen.',
  'fault.crash': 'Im Rechenwerk ging etwas schief. Es wurde neu gestartet, und alles andere geht weiter.',
  'fault.stale': 'Inzwischen wurde ein anderes Foto betrachtet.',
  'fault.not-a-picture': 'Das ist kein Bild, das dieser Browser lesen kann. JPEG und PNG gehen immer.',
  'fault.heic':
    'Dieser Browser kann HEIC nicht lesen, die Form, in der iPhones Fotos ablegen. Safari kann es; oder das Foto erst als JPEG sichern.',
  'fault.empty-file': 'Die Datei ist leer.',
  'fault.sample': 'Das Beispiel konnte nicht geholt werden. Prüfen Sie die Verbindung.',
  'fault.folder': 'Das ist ein Ordner. Ziehen Sie stattdessen die Fotos daraus hierher.',
  'fault.link':
    'Das ist keine Datei. Sichern Sie das Bild zuerst und wählen oder ziehen Sie es dann: Diese Seite holt nichts von anderswo.',
  'fault.text': 'Das ist Text, kein Foto.',
  'fault.nothing-shared': 'Mit dem Geteilten kam kein Foto.',
  'fault.file-gone': 'Die Datei ließ sich nicht öffnen. Vielleicht wurde sie verschoben oder gelöscht.',
  'fault.camera-denied':
    'Die Kamera wurde nicht erlaubt. Erlauben Sie sie in den Einstellungen des Browsers für diese Seite, oder wählen Sie ein Foto.',
  'fault.camera-none': 'Dieses Gerät hat keine Kamera, die der Browser kennt. Wählen Sie stattdessen ein Foto.',
  'fault.camera-busy':
    'Ein anderes Programm hält die Kamera. Schließen Sie es und versuchen Sie es noch einmal, oder wählen Sie ein Foto.',
  'fault.camera-lost': 'Die Kamera wurde weggenommen. Versuchen Sie es noch einmal, oder wählen Sie ein Foto.',
  'fault.camera-unfit':
    'Die Kamera lässt sich nicht so nutzen, wie diese Seite es braucht. Wählen Sie stattdessen ein Foto.',
  'fault.camera-unsupported':
    'Dieser Browser gibt Seiten keine Kamera. Nehmen Sie die Kamera-App, oder wählen Sie ein Foto.',
  'fault.camera-failed': 'Die Kamera ist nicht gestartet. Versuchen Sie es noch einmal, oder wählen Sie ein Foto.',
  'fault.nothing-pasted': 'In der Zwischenablage ist kein Bild.',
  'fault.LT_MEMORY': 'Dafür reicht der Speicher nicht. Andere Tabs zu schließen kann helfen, oder ein kleineres Foto.',
  'fault.LT_MODEL_FORMAT': 'Die Modelldatei ist beschädigt.',
  'fault.LT_MODEL_UNSUPPORTED':
    'Das Modell verlangt mehr, als diese Version der App kann. Neu laden bringt vielleicht eine neuere.',
  'fault.LT_MODEL_METADATA': 'Was die Modelldatei über sich selbst sagt, ist falsch.',
  'fault.LT_IMAGE_FORMAT': 'Das Foto ist beschädigt oder nicht das, was es zu sein vorgibt.',
  'fault.LT_IMAGE_UNSUPPORTED':
    'Diese Art von JPEG oder PNG wird nicht gelesen. Mit einem Fotoprogramm neu gesichert, schon.',
  'fault.LT_IMAGE_SIZE': 'Das Foto hat zu viele Pixel. Eine kleinere Fassung tut es auch.',
  'fault.language': 'Die Texte dieser Sprache konnten nicht geholt werden. Prüfen Sie die Verbindung.',
  'fault.screen': 'Diese Seite konnte nicht geholt werden. Prüfen Sie die Verbindung, oder laden Sie neu.',
  'fault.history-blocked':
    'Der Browser lässt diese Seite nichts aufbewahren, wie in einem privaten Fenster. Nichts ging verloren, nichts wurde aufbewahrt.',
  'fault.history-full':
    'Auf diesem Gerät ist kein Platz mehr. Es wurde nicht aufbewahrt; alles Frühere ist noch da. Alte Fotos zu löschen schafft Platz.',
  'fault.history-archive': 'Diese Datei ist kein vollständiger Verlauf dieser App. Nichts wurde geändert.',
  'fault.preferences': 'Der Browser bewahrt hier keine Einstellungen auf. Sie gelten, bis die Seite geschlossen wird.',
  'fault.history-bomb': 'Diese Datei ist entpackt weit größer als ein Verlauf. Es wurde nichts geändert.',
  'fault.history-changed':
    'Das wurde inzwischen anderswo geändert, darum wurde nichts überschrieben. Gezeigt wird, was jetzt da ist; ein weiterer Druck schreibt Ihre Fassung.',
  'fault.history-elsewhere':
    'Ein anderer Tab dieser App hält den Verlauf fest. Schließen Sie ihn oder warten Sie, und versuchen Sie es noch einmal.',
  'fault.history-gone': 'Das wurde inzwischen gelöscht, vielleicht in einem anderen Tab. Es wurde nichts geschrieben.',
  'fault.history-newer':
    'Der Verlauf stammt von einer neueren Version dieser App. Laden Sie die Seite neu, um sie zu bekommen.',
  'fault.history-time-out':
    'Der Speicher des Browsers hat nicht rechtzeitig geantwortet, darum wurde abgebrochen. Versuchen Sie es noch einmal oder laden Sie die Seite neu.',
  'fault.screen-broken':
    'Etwas auf dieser Seite ließ sich nicht zeigen. Was auf diesem Gerät aufbewahrt ist, ist noch da.',
};
