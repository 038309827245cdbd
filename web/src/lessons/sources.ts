/** What the pages of the classes were written after. Titles are as published, so they are not translated. */

export interface Source {
  by: string;
  title: string;
}

const DERMNET = 'DermNet';
const NHS = 'NHS, Health A to Z';
const BAD = 'British Association of Dermatologists, patient information leaflets';

/** By the id of the class. */
export const SOURCES: Record<string, Source[]> = {
  akiec: [
    { by: DERMNET, title: 'Actinic keratosis; Intraepidermal squamous cell carcinoma' },
    { by: NHS, title: 'Actinic keratoses (solar keratoses)' },
    { by: BAD, title: 'Actinic keratoses; Bowen’s disease' },
  ],
  bcc: [
    { by: DERMNET, title: 'Basal cell carcinoma' },
    { by: NHS, title: 'Non-melanoma skin cancer' },
    { by: BAD, title: 'Basal cell carcinoma' },
  ],
  bkl: [
    { by: DERMNET, title: 'Seborrhoeic keratosis; Solar lentigo; Lichen planus-like keratosis' },
    { by: BAD, title: 'Seborrhoeic keratosis' },
  ],
  df: [
    { by: DERMNET, title: 'Dermatofibroma' },
    { by: BAD, title: 'Dermatofibroma' },
  ],
  mel: [
    { by: DERMNET, title: 'Melanoma' },
    { by: NHS, title: 'Melanoma skin cancer' },
    { by: BAD, title: 'Melanoma' },
  ],
  nv: [
    { by: DERMNET, title: 'Melanocytic naevus' },
    { by: NHS, title: 'Moles' },
    { by: BAD, title: 'Melanocytic naevi' },
  ],
  vasc: [
    { by: DERMNET, title: 'Cherry angioma; Angiokeratoma; Pyogenic granuloma' },
    { by: BAD, title: 'Pyogenic granuloma' },
  ],
};

/** Which kinds the classes stand for. */
export const DATA_SOURCE: Source = {
  by: 'P. Tschandl, C. Rosendahl, H. Kittler',
  title: 'The HAM10000 dataset, Sci. Data 5, 180161 (2018)',
};
