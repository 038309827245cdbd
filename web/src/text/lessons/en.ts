/** The pages of the classes in English. Written for this app; the sources are in lessons/sources.ts. */
import type { Lessons } from './lesson';

export const lessons: Lessons = {
  akiec: {
    what: [
      'Actinic keratoses are rough, scaly patches, pink or the colour of the skin, on places that have had much sun: face, bald scalp, ears, backs of the hands. Often they are easier to feel than to see.',
      'Bowen’s disease is a red, scaly, sharply bounded patch that grows slowly over months and years, often on the lower leg. In both, abnormal cells are in the uppermost layer of the skin only.',
    ],
    not: [
      'It is not catching, and at this stage it has not spread. Eczema, psoriasis and harmless keratoses can look the same.',
      'A photo cannot show whether such a patch has begun to grow deeper. A few do, over the years, and become squamous cell carcinoma.',
    ],
    next: [
      'People usually show it to a doctor. Single patches are often frozen; larger areas are treated with a cream or with light; sometimes a small sample is taken first.',
      'It should be seen soon if it becomes thick, sore or a lump, bleeds, or grows within weeks. Protection from the sun keeps new ones away.',
    ],
  },
  bcc: {
    what: [
      'The most common cancer of the skin. It often looks like a small pearly or shiny lump with fine blood vessels on it, a sore that does not heal, or a flat pink or scar-like patch, mostly on the face, neck or trunk. Some have brown or blue-grey colour in them.',
      'It grows slowly and very rarely spreads to other parts of the body, but it goes on growing and damages what lies around it.',
    ],
    not: [
      'It is not melanoma, and it is seldom dangerous to life. It does not go away by itself, even if it heals over for a time.',
      'A spot that bleeds and heals again and again is not just a scratch. Harmless growths of the skin’s glands, scars and moles can look alike.',
    ],
    next: [
      'People usually get an appointment with a dermatologist within some weeks. It is mostly cut out under local anaesthetic; thin ones can be treated with a cream, freezing or light.',
      'Who has had one has a raised chance of another, so the skin is looked over from time to time afterwards.',
    ],
  },
  bkl: {
    what: [
      'A group of harmless growths of the upper skin: seborrhoeic keratoses, which look waxy, warty and as if stuck on; flat brown sun spots; and spots of these kinds that are inflamed and fading.',
      'They are very common from middle age on, and many people have dozens.',
    ],
    not: [
      'They are not cancer and do not become it. They are not warts that can be caught.',
      'Some are dark, uneven or irritated and look much like a melanoma, to the eye and to this app. A melanoma can also look like one of these.',
    ],
    next: [
      'Mostly nothing needs to be done. Those that catch on clothes or itch can be removed.',
      'Show it to a doctor if it is new and unlike your others, grows fast, has several colours, or bleeds without a knock. If many appear suddenly within weeks, mention that too.',
    ],
  },
  df: {
    what: [
      'A small, firm, harmless knot in the skin, brown or pinkish, often on the legs. If it is pinched from both sides, it usually sinks in. It often follows an insect bite or a small injury.',
      'It stays the same for years.',
    ],
    not: [
      'It is not cancer. It is not a mole, either, though it may be as brown as one.',
      'There is a rare, slowly growing tumour that can begin in the same way, so one that keeps growing deserves a look.',
    ],
    next: [
      'Mostly nothing. It can be cut out if it is in the way, which leaves a scar.',
      'Show it to a doctor if it grows, hurts, bleeds, changes its colour, or is larger than a fingernail.',
    ],
  },
  mel: {
    what: [
      'The most dangerous of these kinds: a cancer of the cells that make the skin’s pigment. It can arise from a mole, but mostly does so on skin that looked normal before.',
      'Typical signs: it is uneven in shape, has a ragged edge or several colours, is larger than about 6 millimetres, or changes over weeks and months. Some are none of that: pink, or a fast-growing firm lump. In people with dark skin it is found more often on palms, soles and under nails.',
    ],
    not: [
      'A high number here is not a diagnosis: many spots that look so turn out to be harmless. A low number does not rule it out: this app misses melanomas.',
      'Pain and itching are not needed for it, and there is nothing to feel in the beginning.',
    ],
    next: [
      'People do not wait with this: they show the spot to a doctor within days, and say what has changed. A dermatologist looks at it with a dermatoscope and, if in doubt, removes it whole for the laboratory.',
      'Found while it is thin, it can nearly always be cured by removing it.',
    ],
  },
  nv: {
    what: [
      'An ordinary mole: a harmless group of pigment cells. It is usually round or oval, of one or two shades of brown, with an even edge. Most appear in childhood and youth, and they may rise or fade with age.',
    ],
    not: [
      'It is not cancer, and hardly any mole ever becomes one. Yet melanoma can look like a mole, and this app confuses the two more often than others.',
      'Having many moles does not mean that one of them is dangerous, but it does mean that looking over the skin is more worthwhile.',
    ],
    next: [
      'Mostly nothing, besides looking at the skin now and then: every month or two, also at the back, with a mirror or another person.',
      'Show it to a doctor if it changes in size, shape or colour, itches, bleeds, is new after the age of about forty, or is simply unlike all your other moles.',
    ],
  },
  vasc: {
    what: [
      'Growths or bleedings of small blood vessels. Cherry angiomas are bright red dots, common with age; angiokeratomas are dark red to black and rough; pyogenic granulomas are red, wet lumps that bleed easily; a bruise under the skin belongs here, too.',
    ],
    not: [
      'They are almost always harmless. A few melanomas are red or black and look like them.',
      'A dark spot under a nail or on the sole is not always a bruise: a bruise grows out or fades within weeks.',
    ],
    next: [
      'Cherry angiomas need nothing. A lump that bleeds again and again is usually removed and looked at in the laboratory.',
      'Show it to a doctor if it is new and grows, bleeds without a cause, or is black and does not fade within some weeks.',
    ],
  },
};
