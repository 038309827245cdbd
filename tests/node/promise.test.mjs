/* No text in any language may be taken for a diagnosis, for certainty, or for a doctor's word. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { languagesIn } from '../../web/texts.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { PROMISED_LANGUAGES, promisesIn, sentencesOf } from '../support/promises.mjs';

const TEXTS = fileURLToPath(new URL('../../web/texts/', import.meta.url));

/** Sentences that say what the app is *not*, or that it errs. Each has to hold a word of denial. */
const DENIALS = {
  en: [
    'Not a diagnosis, not a medical device.',
    'Not a medical device, not a diagnosis.',
    'It is not a medical device.',
    'An aid for study, not a medical device.',
    'It is not a medical device, and its result is not a diagnosis.',
    'The result will be less reliable.',
    'It is not the chance that you have it.',
    'A high number here is not a diagnosis: many spots that look like this turn out to be harmless.',
    'A low number does not rule it out: this app misses melanomas.',
    'A low number is no all-clear.',
    'Independently of that it is not a medical device: it has no conformity assessment, and must not decide on a diagnosis or treatment.',
  ],
  de: [
    'Keine Diagnose, kein Medizinprodukt.',
    'Kein Medizinprodukt, keine Diagnose.',
    'Es ist kein Medizinprodukt.',
    'Das Ergebnis wird weniger verlässlich sein.',
    'Sie ist nicht die Wahrscheinlichkeit, dass Sie es haben.',
    'Eine hohe Zahl hier ist keine Diagnose: Viele Flecken, die so aussehen, erweisen sich als harmlos.',
    'Eine niedrige schließt es nicht aus: Diese App übersieht Melanome.',
    'Eine niedrige Zahl ist keine Entwarnung.',
  ],
  es: [
    'No es un diagnóstico ni un producto sanitario.',
    'No es un producto sanitario ni un diagnóstico.',
    'No es un producto sanitario.',
    'El resultado será menos fiable.',
    'Un número alto aquí no es un diagnóstico: muchas manchas así resultan inofensivas.',
    'Un número bajo no lo descarta: esta aplicación pasa por alto melanomas.',
    'Un número bajo no descarta nada.',
  ],
  fr: [
    'Ni un diagnostic, ni un dispositif médical.',
    'Ni un dispositif médical, ni un diagnostic.',
    'Ce n’est pas un dispositif médical.',
    'Le résultat sera moins fiable.',
    'Un nombre élevé ici n’est pas un diagnostic : beaucoup de taches de cet aspect se révèlent inoffensives.',
    'Un nombre bas ne l’exclut pas : cette application manque des mélanomes.',
    'Un nombre bas n’écarte rien.',
  ],
  pt: [
    'Não é um diagnóstico nem um dispositivo médico.',
    'Não é um dispositivo médico nem um diagnóstico.',
    'Não é um dispositivo médico.',
    'O resultado será menos confiável.',
    'Um número alto aqui não é um diagnóstico: muitas manchas assim revelam-se inofensivas.',
    'Um número baixo não o exclui: este aplicativo deixa passar melanomas.',
    'Um número baixo não exclui nada.',
  ],
  zh: [
    '不是诊断，也不是医疗器械。',
    '不是医疗器械，不是诊断。',
    '它不是医疗器械。',
    '结果会不太可靠。',
    '每个数字表示照片与模型训练所用的该类图片的相似程度，而不是您患有它的概率。',
    '这里的高数字不是诊断：许多看起来如此的斑点最后证明无害。',
    '低数字也不能排除：本应用会漏掉黑色素瘤。',
    '数字低并不表示没事。',
  ],
  ar: [
    'ليست تشخيصًا وليست جهازًا طبيًا.',
    'ليس جهازًا طبيًا وليس تشخيصًا.',
    'ليس جهازًا طبيًا.',
    'الشبه لا يثبت شيئًا.',
    'ستكون النتيجة أقل موثوقية.',
    'وهو ليس احتمال إصابتك به.',
    'الرقم العالي هنا ليس تشخيصًا: كثير من البقع التي تبدو هكذا يتبيّن أنها غير ضارة.',
    'والرقم المنخفض لا ينفيه: هذا التطبيق تفوته حالات ميلانوما.',
    'والرقم المنخفض لا يعني السلامة.',
  ],
};

const DENIAL = {
  en: /\b(not|no|less)\b/i,
  de: /\b(kein|keine|nicht|weniger)\b/i,
  es: /\b(no|ni|menos)\b/i,
  fr: /(?<!\p{L})(ni|pas|moins|n’\p{L}+ rien)(?!\p{L})/iu,
  pt: /(?<!\p{L})(não|nem|menos)(?!\p{L})/iu,
  zh: /不/,
  ar: /ليس|لا |أقل/,
};

/** Sentences that use such a word of something else: what the data's diagnoses were, shares in tests, what one keeps. */
const OTHER_MEANINGS = {
  en: [
    'The idea is that of Dai et al., Machine Learning on Mobile: An On-device Inference App for Skin Cancer Detection.',
    'In these pictures, rulers, gel, hair and dark corners go along with some diagnoses, and the model may rely on them.',
  ],
  de: [
    'In diesen Bildern gehen Lineale, Gel, Haare und dunkle Ecken mit manchen Diagnosen einher, und das Modell richtet sich womöglich danach.',
  ],
  es: [
    'En estas imágenes, las reglas, el gel, el vello y las esquinas oscuras acompañan a algunos diagnósticos, y es posible que el modelo se guíe por ellos.',
  ],
  fr: [
    'Vous avez voulu voir le résultat bien que la photo soit difficile à juger.',
    'Dans ces images, les règles, le gel, les poils et les coins sombres accompagnent certains diagnostics, et le modèle peut s’y fier à tort.',
  ],
  pt: [
    'Nestas imagens, réguas, gel, pelos e cantos escuros acompanham alguns diagnósticos, e o modelo talvez se guie por eles.',
  ],
  zh: ['在这些图片中，尺子、凝胶、毛发和暗角会伴随某些诊断出现，模型可能会依赖它们。'],
  ar: [
    'ما لا يثبته هذا',
    'في هذه الصور تصاحب المساطر والهلام والشعر والزوايا المظلمة بعض التشخيصات، وقد يعتمد النموذج عليها.',
    'ما يثبته ذلك وما لا يثبته مشروح أدناه.',
  ],
};

/** Promises nobody made: one of each kind in each language, all of which have to be found. */
const INVENTED = {
  en: [
    ['diagnosis', 'Your diagnosis in seconds.'],
    ['finds a disease', 'Lentigo detects early skin cancer.'],
    ['a person has it', 'You probably have melanoma.'],
    ['a person has none', 'Your skin is healthy.'],
    ['a person has none', 'This spot is benign.'],
    ['certainty', 'The answer is 100 % right.'],
    ['certainty', 'A low number rules it out.'],
    ["a doctor's place", 'As good as any dermatologist.'],
  ],
  de: [
    ['diagnosis', 'Ihre Hautkrebsdiagnose in Sekunden.'],
    ['finds a disease', 'Lentigo erkennt Hautkrebs früh.'],
    ['a person has it', 'Sie haben wohl ein Melanom.'],
    ['a person has none', 'Ihre Haut ist gesund.'],
    ['certainty', 'Die Antwort stimmt garantiert.'],
    ["a doctor's place", 'Ersetzt den Besuch beim Hautarzt.'],
  ],
  es: [
    ['diagnosis', 'Su diagnóstico en segundos.'],
    ['finds a disease', 'Lentigo detecta el cáncer de piel.'],
    ['a person has it', 'Tiene un melanoma.'],
    ['a person has none', 'Su piel está sana.'],
    ['certainty', 'El resultado es, sin duda, correcto.'],
    ["a doctor's place", 'Sustituye al médico.'],
  ],
  fr: [
    ['diagnosis', 'Votre diagnostic en quelques secondes.'],
    ['finds a disease', 'Lentigo détecte le cancer de la peau.'],
    ['a person has it', 'Vous avez sans doute un mélanome.'],
    ['a person has none', 'Votre peau est saine.'],
    ['certainty', 'Le résultat est certain.'],
    ["a doctor's place", 'Remplace le médecin.'],
  ],
  pt: [
    ['diagnosis', 'Seu diagnóstico em segundos.'],
    ['finds a disease', 'O Lentigo detecta o câncer de pele.'],
    ['a person has it', 'Você tem um melanoma.'],
    ['a person has none', 'Sua pele está saudável.'],
    ['certainty', 'O resultado é garantido.'],
    ["a doctor's place", 'Substitui o médico.'],
  ],
  zh: [
    ['diagnosis', '几秒钟得到诊断。'],
    ['finds a disease', '本应用能检测皮肤癌。'],
    ['a person has it', '您患有黑色素瘤。'],
    ['a person has none', '您的皮肤很健康。'],
    ['certainty', '结果绝对正确。'],
    ["a doctor's place", '可以代替医生。'],
  ],
  ar: [
    ['diagnosis', 'تشخيصك في ثوانٍ.'],
    ['finds a disease', 'يكشف التطبيق سرطان الجلد.'],
    ['a person has it', 'لديك ميلانوما.'],
    ['a person has none', 'جلدك سليم.'],
    ['certainty', 'النتيجة مضمونة.'],
    ["a doctor's place", 'يغني عن الطبيب.'],
  ],
};

const stringsIn = (value) =>
  typeof value === 'string'
    ? [value]
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(stringsIn)
      : [];

/** Screens that speak of diagnoses which doctors made of the data's lesions: there the word is no promise, all others are. */
const OF_KNOWN_LESIONS = ['evaluate.json', 'similar.json'];

/** All that stands in a language, whatever file it is in. */
const textsOf = (language, files = readdirSync(TEXTS + language)) =>
  files.flatMap((name) => {
    const texts = stringsIn(JSON.parse(readFileSync(`${TEXTS}${language}/${name}`, 'utf8')));
    /* Places to fill in as they are named in the sentences above. */
    return texts.map((text) => text.replace(/\{\{(\w+)\}\}/g, '{$1}'));
  });

const withoutCode = (text) =>
  text
    .replace(/^( {4,}|\|).*$/gm, '')
    .replace(/[*`_]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
const attributesOf = (html) =>
  [...html.matchAll(/(?:content|title)="([^"{}]*)"|>([^<>{}]+)</g)].flatMap((found) => found.slice(1));

/** English that people see outside of the texts: the page itself, what is installed, the command, what stands beside. */
function otherEnglish() {
  const read = (path) => readFileSync(ROOT + path, 'utf8');
  const help = execFileSync(`${ROOT}build/lentigo`, ['--help'], { encoding: 'utf8' });
  const inside = execFileSync(`${ROOT}build/lentigo`, ['inspect', `${ROOT}model/lesion.tflite`], { encoding: 'utf8' });
  return [
    ...stringsIn(JSON.parse(read('web/manifest.json'))),
    ...attributesOf(read('web/index.html')).filter(Boolean),
    ...['README.md', 'dist/README.md', 'web/package/README.md', 'SECURITY.md', 'CHANGELOG.md']
      .map((path) => withoutCode(read(path)))
      .flatMap((text) => text.split(/\n\n/)),
    ...[help, inside].flatMap((text) => text.split('\n')),
  ];
}

const everything = new Map();
for (const language of PROMISED_LANGUAGES) {
  const texts = textsOf(language);
  everything.set(language, language === 'en' ? [...texts, ...otherEnglish()] : texts);
}

test('texts of each screen are among those looked at, and those of no screen', () => {
  for (const language of PROMISED_LANGUAGES) {
    const read = (file) => stringsIn(JSON.parse(readFileSync(`${TEXTS}${language}/${file}.json`, 'utf8')));
    for (const file of ['check', 'lesson-pages', 'service-worker', 'not-found'])
      assert.ok(everything.get(language).includes(read(file)[0]), `${language} ${file}`);
  }
});

test('the languages looked at are those of the app', () => {
  assert.deepEqual([...PROMISED_LANGUAGES].sort(), languagesIn());
});

for (const language of PROMISED_LANGUAGES) {
  const allowed = new Set([...DENIALS[language], ...OTHER_MEANINGS[language]]);

  test(`${language} promises no diagnosis and no certainty`, () => {
    const known = new Set(textsOf(language, OF_KNOWN_LESIONS).flatMap((text) => sentencesOf(language, text)));
    assert.ok(known.size > 20, `${known.size} sentences`);
    const found = everything.get(language).flatMap((text) => promisesIn(language, text));
    assert.deepEqual(
      found.filter(({ kind, sentence }) => !allowed.has(sentence) && !(kind === 'diagnosis' && known.has(sentence))),
      [],
    );
  });

  test(`${language} says that it is no diagnosis and no medical device, and every exception is in use`, () => {
    const sentences = new Set(everything.get(language).flatMap((text) => sentencesOf(language, text)));
    for (const sentence of allowed) {
      assert.ok(sentences.has(sentence), `no text says: ${sentence}`);
      assert.ok(promisesIn(language, sentence).length > 0, `needs no exception: ${sentence}`);
    }
    for (const sentence of DENIALS[language]) assert.match(sentence, DENIAL[language]);
  });

  test(`${language}: an invented promise is found`, () => {
    for (const [kind, sentence] of INVENTED[language]) {
      const kinds = promisesIn(language, sentence).map((found) => found.kind);
      assert.ok(kinds.includes(kind), `${sentence} is not seen as "${kind}" but as [${kinds}]`);
      assert.ok(!allowed.has(sentence));
    }
  });
}
