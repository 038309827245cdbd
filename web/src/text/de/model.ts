/** German; what it is for is in ../en/model.ts. */

import type { model as english } from '../en/model';
import type { Texts } from '../messages';

export const model: Texts<typeof english> = {
  'nav.model': 'Über',
  'model.heading': 'Über das Modell',
  'model.for': 'Wofür es ist',
  'model.forText':
    'Zum Lernen, und um zu zeigen, dass ein solches Modell auf einem Telefon laufen kann. Es betrachtet ein Bild eines einzelnen Flecks, am besten durch ein Dermatoskop, und sagt, wie sehr es den gelernten Arten ähnelt.',
  'model.notFor': 'Wofür es nicht ist',
  'model.notForText':
    'Es ist kein Medizinprodukt. Niemand soll danach entscheiden, ob ein Fleck angesehen, behandelt oder in Ruhe gelassen wird. Es weiß nichts von Arten, die es nicht gelernt hat, von Haut ohne Fleck, von Schleimhaut und Nägeln oder von etwas, das keine Haut ist. Ein Foto ohne Dermatoskop sagt ihm weit weniger.',
  'model.data': 'Wovon es gelernt hat',
  'model.dataText':
    'Öffentliche Sammlungen von Bildern, unten beim Modell genannt. Die meisten zeigen helle Haut; wie es bei dunklerer Haut abschneidet, ist kaum bekannt. Lineale, Gel, Haare und dunkle Ecken gehen in diesen Bildern mit manchen Diagnosen einher, und das Modell stützt sich vielleicht darauf.',
  'model.kinds': 'Arten, die es kennt',
  'model.facts': 'Dieses Modell',
  'model.name': 'Name und Version',
  'model.size': 'Größe der Datei',
  'model.hash': 'SHA-256 der Datei',
  'model.crop': 'Betrachteter Anteil der kürzeren Seite des Fotos',
  'model.coverage': 'Anteil der Tests mit der Wahrheit unter den genannten Arten',
  'model.views': 'Ansichten, die gemittelt werden können',
  'model.licence': 'Lizenz',
  'model.points': 'Marken für die Summe der bösartigen Arten',
  'model.mark': 'Marke',
  'model.sensitivity': 'Bösartige gefunden',
  'model.specificity': 'Harmlose verschont',
  'model.ppv': 'Berechtigte Alarme',
  'model.ppvTwo': 'Dasselbe, wo 2 von 100 bösartig sind',
  'model.pointsNote':
    'Gemessen an Flecken derselben Sammlungen, mit denen das Modell nicht trainiert wurde. Anderswo wird es schlechter sein.',
  'model.none': 'Noch ist kein Modell da.',
  'about.heading': 'Über diese App',
  'about.version': 'Version',
  'about.build': 'Stand',
  'about.licences': 'Lizenzen der Bestandteile',
  'about.licencesLead': 'Die App selbst steht unter der MIT-Lizenz. Sie beruht auf der Arbeit anderer:',
  'about.licencesLoading': 'Die Lizenzen werden gelesen',
  'perf.heading': 'Leistung',
  'perf.kernels': 'Rechenwerk',
  'perf.kernelsValue': 'WebAssembly, {kernels}, {threads}',
  'perf.routines': 'Rechenroutinen',
  'perf.routinesValue': '{name} × {count}',
  'perf.model': 'Modell',
  'perf.decode': 'Letztes Foto entschlüsseln',
  'perf.resize': 'Zuschneiden und Verkleinern',
  'perf.infer': 'Netz',
  'perf.total': 'Zusammen',
  'perf.memory': 'Speicher des Rechenwerks',
  'perf.cores': 'Prozessorkerne dieses Geräts',
  'perf.none': 'Hier stehen Zeiten, sobald ein Foto betrachtet wurde.',
  'install.heading': 'Auf dem Startbildschirm',
  'install.lead': 'Als App öffnet es sich für sich, im ganzen Bildschirm, und funktioniert ohne Netz.',
  'install.button': 'Installieren',
  'install.later': 'Nicht jetzt',
  'install.done': 'Lentigo ist auf diesem Gerät installiert.',
  'install.ios': 'Tippen Sie in Safari auf „Teilen“, dann auf „Zum Home-Bildschirm“.',
  'install.iosKept':
    'Safari löscht, was eine Website auf dem Gerät aufbewahrt hat, wenn Safari sieben Tage lang benutzt wurde, ohne dass sie besucht wurde. Eine App auf dem Home-Bildschirm bleibt davon verschont.',
  'install.iosOwn':
    'Die App auf dem Home-Bildschirm hat einen eigenen Speicher: Was im Browser aufbewahrt wurde, ist dort nicht. Mit Export und Import nehmen Sie es mit.',
  'install.iosHow': 'So kommt sie auf den Home-Bildschirm',
  'install.other':
    'Wählen Sie im Menü des Browsers „Installieren“ oder „Zum Startbildschirm hinzufügen“, wo es das gibt.',
  'offline.heading': 'Ohne Netz',
  'offline.modelKept': 'Das Modell liegt auf diesem Gerät.',
  'offline.modelGone':
    'Das Modell liegt nicht auf diesem Gerät: Der Browser gab keinen Platz dafür oder hat es gelöscht.',
  'offline.load': 'Wieder laden',
  'offline.look': 'Nach einer neueren Version sehen',
  'figures.heading': 'Welche Zahlen für welche Bilder gelten',
  'figures.lead':
    'Jede Art von Bild hat ihre eigenen Zahlen, und keine gilt für die andere. Gemessen wurden sie an Hautveränderungen, mit denen das Modell nicht trainiert wurde. Mit anderen Kameras und auf anderer Haut wird es schlechter sein.',
  'figures.pictures': 'Bilder',
  'figures.lesions': 'Hautveränderungen',
  'figures.accuracy': 'Richtig benannt',
  'figures.balancedAccuracy': 'Richtig benannt, jede Art zählt gleich viel',
  'figures.melanomaRecall': 'Als solche benannte Melanome',
  'figures.setCoverage': 'Die Wahrheit unter den möglichen Arten',
  'figures.malignantAuc': 'Bösartiges von Harmlosem unterschieden (AUC)',
  'figures.auc':
    'AUC: Anteil der Paare aus einer bösartigen und einer harmlosen Hautveränderung, in denen die bösartige die höhere Zahl bekam. 0,50 ist Zufall, 1,00 ist jedes Paar.',
};
