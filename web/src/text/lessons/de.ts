/** The pages of the classes in German. */
import type { Lessons } from './lesson';

export const lessons: Lessons = {
  akiec: {
    what: [
      'Aktinische Keratosen sind raue, schuppige Stellen, rosa oder hautfarben, wo viel Sonne hinkam: Gesicht, kahle Kopfhaut, Ohren, Handrücken. Oft fühlt man sie leichter, als man sie sieht.',
      'Morbus Bowen ist eine rote, schuppige, scharf begrenzte Stelle, die über Monate und Jahre langsam wächst, oft am Unterschenkel. Bei beiden liegen veränderte Zellen nur in der obersten Hautschicht.',
    ],
    not: [
      'Es ist nicht ansteckend und in diesem Stadium nicht gestreut. Ekzem, Schuppenflechte und harmlose Keratosen können genauso aussehen.',
      'Ein Foto kann nicht zeigen, ob eine solche Stelle begonnen hat, tiefer zu wachsen. Einige tun das im Lauf der Jahre und werden zum Plattenepithelkarzinom.',
    ],
    next: [
      'Gewöhnlich zeigt man es ärztlich vor. Einzelne Stellen werden oft vereist, größere Flächen mit einer Creme oder mit Licht behandelt; manchmal wird zuerst eine kleine Probe entnommen.',
      'Es sollte bald angesehen werden, wenn es dick, wund oder ein Knoten wird, blutet oder binnen Wochen wächst. Sonnenschutz hält neue fern.',
    ],
  },
  bcc: {
    what: [
      'Der häufigste Krebs der Haut. Oft sieht er aus wie ein kleiner perlmuttartiger oder glänzender Knoten mit feinen Äderchen, wie eine Wunde, die nicht heilt, oder wie eine flache rosa oder narbenartige Stelle, meist an Gesicht, Hals oder Rumpf. Manche enthalten Braun oder Blaugrau.',
      'Er wächst langsam und streut sehr selten in andere Teile des Körpers, wächst aber weiter und schädigt, was um ihn liegt.',
    ],
    not: [
      'Er ist kein Melanom und selten lebensgefährlich. Von selbst geht er nicht weg, auch wenn er zeitweise zuheilt.',
      'Ein Fleck, der immer wieder blutet und heilt, ist nicht nur ein Kratzer. Harmlose Wucherungen der Hautdrüsen, Narben und Muttermale können ähnlich aussehen.',
    ],
    next: [
      'Gewöhnlich lässt man sich innerhalb einiger Wochen einen Termin in der Hautarztpraxis geben. Meist wird er unter örtlicher Betäubung herausgeschnitten; dünne lassen sich mit Creme, Vereisung oder Licht behandeln.',
      'Wer einen hatte, bekommt eher noch einen; darum wird die Haut danach von Zeit zu Zeit durchgesehen.',
    ],
  },
  bkl: {
    what: [
      'Eine Gruppe harmloser Wucherungen der oberen Haut: seborrhoische Keratosen, die wachsig, warzig und wie aufgeklebt aussehen; flache braune Sonnenflecken; und solche Stellen, die entzündet sind und verblassen.',
      'Ab dem mittleren Alter sind sie sehr häufig; viele Menschen haben Dutzende.',
    ],
    not: [
      'Sie sind kein Krebs und werden keiner. Sie sind keine Warzen, mit denen man sich ansteckt.',
      'Manche sind dunkel, ungleichmäßig oder gereizt und sehen einem Melanom sehr ähnlich, für das Auge wie für diese App. Auch ein Melanom kann wie eine von ihnen aussehen.',
    ],
    next: [
      'Meist ist nichts zu tun. Was an der Kleidung hängen bleibt oder juckt, kann entfernt werden.',
      'Zeigen Sie es ärztlich vor, wenn es neu und anders als Ihre übrigen ist, schnell wächst, mehrere Farben hat oder ohne Stoß blutet. Erscheinen plötzlich binnen Wochen viele, erwähnen Sie auch das.',
    ],
  },
  df: {
    what: [
      'Ein kleiner, fester, harmloser Knoten in der Haut, braun oder rosa, oft an den Beinen. Drückt man ihn von beiden Seiten zusammen, sinkt er meist ein. Oft folgt er auf einen Insektenstich oder eine kleine Verletzung.',
      'Er bleibt jahrelang gleich.',
    ],
    not: [
      'Er ist kein Krebs. Er ist auch kein Muttermal, obwohl er so braun sein kann.',
      'Es gibt einen seltenen, langsam wachsenden Tumor, der genauso beginnen kann; ein Knoten, der immer weiter wächst, sollte daher angesehen werden.',
    ],
    next: [
      'Meist nichts. Er kann herausgeschnitten werden, wenn er stört; das hinterlässt eine Narbe.',
      'Zeigen Sie ihn ärztlich vor, wenn er wächst, schmerzt, blutet, die Farbe ändert oder größer als ein Fingernagel ist.',
    ],
  },
  mel: {
    what: [
      'Die gefährlichste dieser Arten: ein Krebs der Zellen, die den Farbstoff der Haut bilden. Er kann aus einem Muttermal entstehen, meist aber auf Haut, die vorher normal aussah.',
      'Typische Zeichen: ungleichmäßige Form, unscharfer Rand oder mehrere Farben, größer als etwa 6 Millimeter, oder Änderung über Wochen und Monate. Manche zeigen nichts davon: rosa, oder ein schnell wachsender fester Knoten. Bei Menschen mit dunkler Haut findet man es öfter an Handflächen, Fußsohlen und unter Nägeln.',
    ],
    not: [
      'Eine hohe Zahl hier ist keine Diagnose: Viele Flecken, die so aussehen, erweisen sich als harmlos. Eine niedrige schließt es nicht aus: Diese App übersieht Melanome.',
      'Schmerz und Juckreiz gehören nicht notwendig dazu, und am Anfang spürt man nichts.',
    ],
    next: [
      'Damit wartet man nicht: Man zeigt den Fleck innerhalb von Tagen ärztlich vor und sagt, was sich geändert hat. In der Hautarztpraxis wird er mit dem Dermatoskop betrachtet und im Zweifel ganz für das Labor entfernt.',
      'Wird es gefunden, solange es dünn ist, lässt es sich durch Entfernen fast immer heilen.',
    ],
  },
  nv: {
    what: [
      'Ein gewöhnliches Muttermal: eine harmlose Ansammlung von Pigmentzellen. Meist ist es rund oder oval, ein- oder zweifarbig braun und gleichmäßig begrenzt. Die meisten erscheinen in Kindheit und Jugend; mit dem Alter können sie sich heben oder verblassen.',
    ],
    not: [
      'Es ist kein Krebs, und kaum ein Muttermal wird je einer. Doch ein Melanom kann wie ein Muttermal aussehen, und diese App verwechselt die beiden öfter als andere.',
      'Viele Muttermale zu haben heißt nicht, dass eines davon gefährlich ist; es heißt aber, dass es sich mehr lohnt, die Haut durchzusehen.',
    ],
    next: [
      'Meist nichts, außer die Haut ab und zu anzusehen: alle ein, zwei Monate, auch am Rücken, mit Spiegel oder einer zweiten Person.',
      'Zeigen Sie es ärztlich vor, wenn es Größe, Form oder Farbe ändert, juckt, blutet, nach dem Alter von etwa vierzig neu ist oder einfach anders ist als alle Ihre übrigen.',
    ],
  },
  vasc: {
    what: [
      'Wucherungen oder Blutungen kleiner Blutgefäße. Kirschangiome sind hellrote Punkte, im Alter häufig; Angiokeratome sind dunkelrot bis schwarz und rau; pyogene Granulome sind rote, feuchte Knoten, die leicht bluten; auch ein Bluterguss unter der Haut gehört hierher.',
    ],
    not: [
      'Sie sind fast immer harmlos. Einige wenige Melanome sind rot oder schwarz und sehen so aus.',
      'Ein dunkler Fleck unter einem Nagel oder an der Sohle ist nicht immer ein Bluterguss: Der wächst heraus oder verblasst binnen Wochen.',
    ],
    next: [
      'Kirschangiome brauchen nichts. Ein Knoten, der immer wieder blutet, wird meist entfernt und im Labor untersucht.',
      'Zeigen Sie es ärztlich vor, wenn es neu ist und wächst, ohne Anlass blutet oder schwarz ist und nicht binnen einiger Wochen verblasst.',
    ],
  },
};
