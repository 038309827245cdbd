/*
 * What the app must never say in any of its languages: that it makes a diagnosis, finds a disease, knows that a person
 * has one or has none, is certain, or takes a doctor's place. A sentence with such a phrase passes only if it stands
 * in one of the two lists below, word for word. Node only.
 */

const letters = (...words) => words.map((word) => `(?<!\\p{L})(?:${word})(?!\\p{L})`).join('|');

/** Arabic words, which may carry an article, a conjunction or a preposition before them and an ending after them. */
const words = (...list) =>
  list.map((word) => `(?<!\\p{L})(?:[وف]?(?:[بلك]|ال|بال|لل)?)(?:${word})(?:ة|ا|ك|ه|ها)?(?!\\p{L})`).join('|');

/** Phrases by language, and in each by the kind of promise they make. Regular expressions; `~` stands for a few words. */
const PHRASES = {
  en: {
    diagnosis: [letters('\\w*diagnos\\w*', 'prognos\\w*', 'second opinion')],
    'finds a disease': [
      letters(
        '(?:detect|recogni[sz]|identif|discover|find|found|screen|spott?|catch|see)\\w*~(?:cancer|carcinoma|melanoma|disease|tumou?r)s?',
      ),
      letters('(?:cancer|carcinoma|melanoma|disease|tumou?r)s?~(?:detect|recogni[sz]|identif|screen)\\w*'),
    ],
    'a person has it': [
      letters(
        'you (?:\\w+ )?(?:have|had|got|suffer)',
        "you(?:'|’)ve",
        'your (?:cancer|melanoma|carcinoma|disease|tumou?r)',
      ),
      letters(
        '(?:it|this|that|spot|mole|lesion) (?:is|must be) (?!not)(?:\\w+ ){0,2}(?:malignant|cancer|melanoma|carcinoma)',
      ),
    ],
    'a person has none': [
      letters(
        'safe|safely|safety|healthy|in good health|unharmed|all[- ]clear|rest assured|free of (?:cancer|disease)',
      ),
      letters(
        '(?:no|any) (?:need|reason|cause) (?:to|for) (?:worr|concern|see|fear|alarm)\\w*',
        'nothing to (?:worry|fear)\\w*',
      ),
      letters("(?:do not|don[’']t|need not|needn[’']t) (?:worry|be worried|see a doctor|fear)", 'stop worrying'),
      letters(
        '(?:it|this|that|your|spot|mole|lesion) (?:is|are|must be)(?: \\w+ly)? (?:harmless|benign|normal|fine|ok(?:ay)?)',
      ),
    ],
    certainty: [
      letters(
        'certain(?:ly|ty)?',
        '(?<!not )(?:sure|surely)',
        'definite(?:ly)?',
        'undoubted(?:ly)?',
        '(?:no|without a?) ?doubt',
      ),
      letters(
        'guarantee\\w*',
        '100 ?(?:%|per ?cent)',
        'always (?:right|correct|finds)',
        'infallib\\w+',
        'unfailing\\w*',
      ),
      letters(
        'never (?:wrong|miss\\w*|fails?|errs?)',
        'reliab\\w+',
        'accurate(?:ly)?',
        'rul(?:e|es|ed|ing)(?: \\w+)? out',
      ),
      letters('(?:clinically|medically|scientifically) \\w+', 'confirm(?:s|ed)? (?:that|whether|the)'),
    ],
    "a doctor's place": [
      letters(
        '(?:replac\\w+|instead of|no need (?:for|of)|without|better than|(?:as good|well) as|like)(?: \\w+){0,2} (?:doctor|dermatologist|physician|specialist)s?',
      ),
      letters(
        'no (?:doctor|dermatologist|physician)',
        'medical (?:device|product|grade|advice)',
        '(?:FDA|CE)[- ]\\w+',
        'certified',
        'approved',
      ),
      letters('(?:cure|heal|treat)s? (?:your |the )?(?:cancer|melanoma|disease)'),
    ],
  },
  de: {
    diagnosis: [letters('\\p{L}*diagno[st]\\p{L}*', 'prognos\\p{L}*', 'befund\\p{L}*', 'zweitmeinung')],
    'finds a disease': [
      letters(
        '(?:erkenn|erkann|entdeck|find|fand|gefunden|identifizier|feststell|nachweis)\\p{L}*~(?:\\p{L}*krebs|\\p{L}*karzinom|melanom|krankheit|tumor)\\p{L}*',
      ),
      letters(
        '(?:\\p{L}*krebs|karzinom|melanom|krankheit|tumor)\\p{L}*~(?:erkenn|erkann|entdeck|find|gefunden|identifizier|festgestellt|nachgewiesen)\\p{L}*',
        '\\p{L}*früherkennung',
      ),
    ],
    'a person has it': [
      letters(
        '(?:sie|du) (?:\\p{L}+ )?(?:haben|hast|leiden|leidest)',
        '(?:haben|hast) (?:sie|du)',
        '(?:ihr|dein)e? (?:\\p{L}*krebs|melanom|karzinom|krankheit|tumor)',
      ),
      letters(
        '(?:es|das|dies|fleck|mal|läsion) ist (?!kein|nicht)(?:\\p{L}+ ){0,2}(?:bösartig|krebs|melanom|karzinom)',
      ),
    ],
    'a person has none': [
      letters(
        '(?<!nicht )sicher|sicherheit|gesund\\p{L}*|unbedenklich\\p{L}*|entwarnung|beruhig\\p{L}*|gefahrlos|ungefährlich\\p{L}*|frei von krebs',
      ),
      letters(
        'kein(?:e|en)? (?:grund|anlass)(?: zur)?(?: \\p{L}+)? ?(?:sorge|beunruhigung)?',
        'keine sorgen?',
        'unbesorgt',
        'nicht zum arzt',
      ),
      letters('(?:es|das|dies|fleck|mal|läsion) ist(?: \\p{L}+)? (?:harmlos|gutartig|normal|in ordnung)'),
    ],
    certainty: [
      letters(
        'gewiss(?:heit)?',
        'zweifellos',
        'ohne (?:jeden )?zweifel',
        'kein(?:en)? zweifel',
        'garant\\p{L}*',
        '100 ?(?:%|prozent)',
        'unfehlbar\\p{L}*',
      ),
      letters(
        'immer (?:richtig|recht)',
        'nie (?:falsch|übersieht)',
        'übersieht (?:nie|keine?)',
        '(?:un)?zuverlässig\\p{L}*',
        'verlässlich\\p{L}*',
        'ausschließ\\p{L}*|schließ\\p{L}* aus|schließt~aus',
      ),
      letters(
        '(?:klinisch|medizinisch|wissenschaftlich) (?:geprüft|bewiesen|erwiesen|getestet|bestätigt)',
        'eindeutig\\p{L}*',
        'bestimmt',
      ),
    ],
    "a doctor's place": [
      letters(
        '(?:ersetz\\p{L}*|statt|anstatt|anstelle|ohne|besser als|so gut wie|wie)(?: \\p{L}+){0,3} (?:arzt|ärztin|ärzte|hautarzt|hautärztin|dermatolog\\p{L}*)',
        'kein(?:en)? (?:arzt|hautarzt)',
      ),
      letters('medizinprodukt\\p{L}*', 'CE-\\p{L}+', 'zertifiziert\\p{L}*', 'zugelassen\\p{L}*'),
      letters('heilt (?:krebs|melanome?)'),
    ],
  },
  es: {
    diagnosis: [letters('\\p{L}*diagn[oó]st?i?\\p{L}*', 'pron[oó]stico\\p{L}*', 'segunda opinión')],
    'finds a disease': [
      letters(
        '(?:detect|reconoc|identific|descubr|encuentr|encontr|hall|ve )\\p{L}*~(?:cáncer|carcinoma|melanoma|enfermedad|tumor)\\p{L}*',
      ),
      letters(
        '(?:cáncer|carcinoma|melanoma|enfermedad|tumor)\\p{L}*~(?:detect|reconocid|identificad)\\p{L}*',
        'detección',
      ),
    ],
    'a person has it': [
      letters(
        '(?:usted|tú) (?:\\p{L}+ )?(?:tienes?|padeces?|sufres?)',
        '(?:tienes?|padeces?|sufres?) (?:\\p{L}+ ){0,2}(?:cáncer|melanoma|carcinoma|enfermedad|tumor)',
        '(?:su|tu) (?:cáncer|melanoma|carcinoma|enfermedad|tumor)',
      ),
      letters('(?<!no )(?:esto|mancha|lunar|lesión) es (?:\\p{L}+ ){0,2}(?:malign[oa]|cáncer|melanoma|carcinoma)'),
    ],
    'a person has none': [
      letters(
        '(?<!no es )segur[oa]s?|(?<!copia de )seguridad|san[oa]s?|saludables?|tranquil\\p{L}*|a salvo|libre de (?:cáncer|enfermedad)',
        'fuera de peligro',
      ),
      letters(
        'no (?:se )?preocup\\p{L}*',
        'sin preocup\\p{L}*',
        'nada que temer',
        '(?:ningún|no hay) motivo (?:de|para)~(?:preocup|alarm)\\p{L}*',
        'no (?:hace falta|necesita|es necesario) (?:ir|ver|acudir|consultar)',
      ),
      letters('(?:esto|mancha|lunar|lesión) es(?: \\p{L}+)? (?:inofensiv[oa]|benign[oa]|normal)'),
    ],
    certainty: [
      letters(
        'ciert[oa]s?|certeza|con seguridad|seguramente|sin (?:ninguna )?duda|indudabl\\p{L}*|garant\\p{L}*|100 ?(?:%|por ciento)|infalible\\p{L}*',
      ),
      letters(
        'siempre (?:acierta|correct[oa])',
        'nunca (?:falla|se equivoca|pasa por alto)',
        'fiables?|confiables?|precis[oa]s?|exact[oa]s?',
        'descart\\p{L}*',
        'confirm\\p{L}*',
      ),
      letters('(?:clínica|médica|científica)mente \\p{L}+', 'definitiv\\p{L}*'),
    ],
    "a doctor's place": [
      letters(
        '(?:sustitu\\p{L}*|reemplaz\\p{L}*|en lugar de|en vez de|sin|mejor que|como)(?: \\p{L}+){0,2} (?:médic[oa]s?|dermatólog[oa]s?)',
        'ningún médico',
      ),
      letters(
        '(?:producto|dispositivo|aparato) (?:médico|sanitario)',
        'marcado CE',
        'certificad[oa]s?',
        'homologad[oa]s?',
      ),
      letters('cura (?:el |su )?(?:cáncer|melanoma)'),
    ],
  },
  fr: {
    diagnosis: [letters('\\p{L}*diagnos\\p{L}*', 'pronosti\\p{L}*', 'second avis')],
    'finds a disease': [
      letters(
        '(?:détect|reconna|identifi|découvr|trouv|dépist|repèr|voit)\\p{L}*~(?:cancer|carcinome|mélanome|maladie|tumeur)s?',
      ),
      letters(
        '(?:cancer|carcinome|mélanome|maladie|tumeur)s?~(?:détect|reconnu|identifi|dépist|repér)\\p{L}*',
        'dépistage',
      ),
    ],
    'a person has it': [
      letters(
        'vous (?:\\p{L}+ )?(?:avez|souffrez)',
        'avez-vous',
        'tu as',
        '(?:votre|ton|ta) (?:cancer|mélanome|carcinome|maladie|tumeur)',
      ),
      letters(
        '(?:c’est|ceci est|tache est|grain de beauté est|lésion est) (?:\\p{L}+ ){0,2}(?:malin|maligne|cancer|mélanome|carcinome)',
      ),
    ],
    'a person has none': [
      letters(
        '(?<!pas )sûre?s?|sûrement|sécurité|sain(?:e|s|es)?|bonne santé|rassur\\p{L}*|sans danger|tranquille\\p{L}*|indemne',
      ),
      letters(
        '(?:aucune|pas de) (?:raison|inquiétude|souci)\\p{L}*|sans (?:inquiétude|souci)',
        'ne vous (?:inquiétez|faites) (?:pas|aucun)\\p{L}*',
        'rien à craindre',
        'inutile de (?:voir|consulter)',
      ),
      letters(
        '(?:c’est|ceci est|tache est|grain de beauté est|lésion est)(?: \\p{L}+)? (?:inoffensi\\p{L}+|béni(?:n|gne)|normale?)',
      ),
    ],
    certainty: [
      letters(
        'certaine?(?:ment)?|certitude|sans (?:aucun )?doute|assuré(?:ment)?|garanti\\p{L}*|100 ?(?:%|pour cent)|infaillible\\p{L}*',
      ),
      letters(
        'toujours (?:raison|juste|exact)',
        'jamais (?:tort|faux)',
        'ne (?:manque|rate|se trompe) jamais',
        'fiables?|fiabilité|précise?s?|exacte?s?',
        'exclu(?:re|t|ent)|écart(?:e|er|ent)',
        'confirm\\p{L}*',
      ),
      letters('(?:cliniquement|médicalement|scientifiquement) \\p{L}+'),
    ],
    "a doctor's place": [
      letters(
        '(?:remplac\\p{L}*|au lieu (?:de|d’)|à la place (?:de|d’)|sans|mieux (?:que|qu’)|comme)(?: ?\\p{L}+){0,2} (?:médecin|dermatologue)s?',
        'aucun médecin',
      ),
      letters('dispositif médical', 'marquage CE', 'certifiée?s?', 'agréée?s?'),
      letters('(?:guérit|soigne) (?:le |votre )?(?:cancer|mélanome)'),
    ],
  },
  pt: {
    diagnosis: [letters('\\p{L}*diagn[oó]st\\p{L}*', 'progn[oó]stic\\p{L}*', 'segunda opinião')],
    'finds a disease': [
      letters(
        '(?:detet|detect|reconhec|identific|descobr|encontr|acha|rastre|vê )\\p{L}*~(?:câncer|cancro|carcinoma|melanoma|doença|tumor)\\p{L}*',
      ),
      letters(
        '(?:câncer|cancro|carcinoma|melanoma|doença|tumor)\\p{L}*~(?:detet|detect|reconhecid|identificad)\\p{L}*',
        'detecção|rastreamento|rastreio',
      ),
    ],
    'a person has it': [
      letters(
        '(?:você|o senhor|a senhora|tu) (?:\\p{L}+ )?(?:tem|tens|sofre|tenha)',
        '(?:seu|sua|teu) (?:câncer|cancro|melanoma|carcinoma|doença|tumor)',
      ),
      letters(
        '(?<!não )(?:isto|isso|mancha|pinta|lesão) é (?:\\p{L}+ ){0,2}(?:malign[oa]|câncer|cancro|melanoma|carcinoma)',
      ),
    ],
    'a person has none': [
      letters(
        'segur[oa]s?|(?<!cópia de )segurança|saudáve(?:l|is)|sadi[oa]s?|tranquil\\p{L}*|a salvo|livre de (?:câncer|doença)',
        'sem perigo',
      ),
      letters(
        'não se preocup\\p{L}*',
        'sem preocup\\p{L}*',
        'nada a temer',
        '(?:nenhum|não há) motivo (?:de|para)~(?:preocup|alarm)\\p{L}*',
        'não (?:é preciso|precisa) (?:ir|ver|consultar|procurar)',
      ),
      letters('(?:isto|isso|mancha|pinta|lesão) é(?: \\p{L}+)? (?:inofensiv[oa]|benign[oa]|normal)'),
    ],
    certainty: [
      letters(
        'cert(?:a|os|as)mente|(?<!sem )certeza|cert[oa]s? de|com segurança|sem (?:nenhuma )?dúvida|indubit\\p{L}*|garant\\p{L}*|100 ?(?:%|por cento)|infalíve\\p{L}*',
      ),
      letters(
        'sempre (?:acerta|corret[oa])',
        'nunca (?:falha|erra|deixa passar)',
        'confiáve(?:l|is)|fiáve(?:l|is)|precis[oa]s|exat[oa]s?',
        'descart\\p{L}*|exclui\\p{L}*',
        'confirm\\p{L}*',
      ),
      letters('(?:clinica|clínica|medica|cientifica)mente \\p{L}+', 'definitiv\\p{L}*'),
    ],
    "a doctor's place": [
      letters(
        '(?:substitu\\p{L}*|em vez d\\p{L}+|em lugar d\\p{L}+|no lugar d\\p{L}+|sem|melhor que|como)(?: \\p{L}+){0,2} (?:médic[oa]s?|dermatologistas?)',
        'nenhum médico',
      ),
      letters('(?:dispositivo|produto|aparelho) médico', 'marcação CE', 'certificad[oa]s?', 'aprovad[oa]s?'),
      letters('cura (?:o |seu )?(?:câncer|melanoma)'),
    ],
  },
  zh: {
    diagnosis: ['诊断', '确诊', '诊疗', '预后', '第二意见'],
    'finds a disease': [
      '(?:检测|检出|查出|识别|发现|筛查|辨别|看出|找出)[^。，；]{0,8}(?:癌|黑色素瘤|疾病|肿瘤|恶性)',
      '(?:癌|黑色素瘤|疾病|肿瘤)[^。，；]{0,4}(?:检测|筛查|识别|早筛)',
    ],
    'a person has it': [
      '[您你](?:已经|可能|就是)?(?:患|得了|得的|有(?:癌|黑|病|皮))',
      '[您你]的(?:癌|黑色素瘤|疾病|肿瘤|病)',
      '(?:它|这)(?:就)?是(?:恶性|癌|黑色素瘤)',
    ],
    'a person has none': [
      '安全',
      '健康',
      '放心',
      '安心',
      '(?:无需|不用|不必|不要|没必要)(?:担心|看医生|就医|害怕)',
      '没(?:有)?(?:问题|事|危险)',
      '(?:它|这)(?:就)?是(?:良性|无害|正常)',
    ],
    certainty: [
      '(?<!不)(?:肯定|确定|确信)',
      '(?<!不)一定(?!时)',
      '保证|百分之百|100 ?%|绝对|毫无疑问|无疑|必然|从不(?:出错|漏)|不会(?:出错|漏|错)|准确|精准|可靠|排除|确认是',
    ],
    "a doctor's place": [
      '(?:代替|取代|替代|胜过|好过|如同|不需要)[^。，]{0,4}(?:医生|医师|皮肤科)',
      '医疗(?:器械|设备|级)',
      '临床(?:验证|证实|证明)',
      '认证|获批|批准',
      '(?:应用|程序|Lentigo)(?:能|可以|会)?(?:治愈|治好|治疗)',
    ],
  },
  ar: {
    diagnosis: [words('تشخيص(?:ات)?|شخصت|شخصنا|[يت]شخص|رأي(?:ا)? ثان(?:ي)?')],
    'finds a disease': [
      words('(?:[يت]كشف|[يت]كتشف|كشف|اكتشاف|[يت]رصد|[يت]تعرف|[يت]جد|[يت]حدد)~(?:سرطان|ميلانوما|مرض|ورم|أورام|خبيث)'),
      words('كشف المبكر'),
    ],
    'a person has it': [
      words('لديك|عندك|إصابتك|أنك مصاب|أنت مصاب|مصاب ب\\p{L}+|تعاني|مرضك|سرطانك|ورمك'),
      words('(?:هذا|هذه|إنه|إنها) (?:ورم |آفة )?(?:خبيث|سرطان|ميلانوما)'),
    ],
    'a person has none': [
      words('آمن|سليم|معافى|بخير|صحة جيدة|اطمئن|مطمئن|سلامة|أمان|لا داعي|لا تقلق|لا خوف'),
      words('لا حاجة (?:إلى )?(?:لل?)?(?:طبيب|قلق|القلق|الطبيب|زيارة)', '(?:هذا|هذه|إنه|إنها) (?:حميد|طبيعي|غير ضار)'),
    ],
    certainty: [
      words(
        '(?<!غير )أكيد|تأكيد|(?<!غير )مؤكد|يقين(?:ا)?|حتما|حتمي|قطعا|مضمون|ضمان|[نيت]ضمن|بلا شك|لا شك|دون شك|[يت]ثبت(?:ه)?',
      ),
      words('لا [يت]خطئ|معصوم|بدقة|(?:إجابة|نتيجة) دقيقة|موثوق(?:ية)?|[يت]ستبعد(?:ه)?|[يت]نفي(?:ه)?|سريريا'),
      '100 ?[%٪]|[%٪] ?100|١٠٠ ?[%٪]',
    ],
    "a doctor's place": [
      words('(?:بدلا|بديل|عوضا|[يت]غني|[يت]حل محل|أفضل من|بدون|دون)~(?:طبيب|أطباء)', 'جهاز(?:ا)? طبي(?:ا)?'),
      words('معتمد|مرخص|مصدق', '[يت](?:شفي|عالج) (?:ال)?(?:سرطان|ميلانوما|مرض)'),
    ],
  },
};

const FEW_WORDS = '(?:[^.!?;:。]{0,40})';
const compiled = new Map();

/** [[kind of promise, expression]] of one language. */
function expressionsOf(language) {
  if (!compiled.has(language)) {
    const kinds = Object.entries(PHRASES[language]);
    const all = kinds.map(([kind, list]) => [kind, new RegExp(list.join('|').replaceAll('~', FEW_WORDS), 'iu')]);
    compiled.set(language, all);
  }
  return compiled.get(language);
}

/** Arabic without the marks of vowels, which one text has and another has not. */
const plain = (text) => text.normalize('NFC').replace(/[\u064B-\u0652\u0640]/g, '');

export function sentencesOf(language, text) {
  const segments = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' '));
  return [...segments].map(({ segment }) => segment.trim()).filter(Boolean);
}

/** [{kind, phrase, sentence}] of what a text may be taken to promise, whatever the lists below allow. */
export function promisesIn(language, text) {
  return sentencesOf(language, text).flatMap((sentence) =>
    expressionsOf(language).flatMap(([kind, expression]) => {
      const found = plain(sentence).match(expression);
      return found ? [{ kind, phrase: found[0], sentence }] : [];
    }),
  );
}

export const PROMISED_LANGUAGES = Object.keys(PHRASES);
