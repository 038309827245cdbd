/** The figures as src/figures writes them, as far as they are shown. */

export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface ClassFigures {
  pictures: number;
  lesions: number;
  data: Record<'auc' | 'sensitivity' | 'specificity' | 'ppv', Estimate>;
}

export interface Failed {
  picture: string;
  truth: string;
  answer: string;
  probability: number;
  malignant: number;
}

export interface Figures {
  pictures: number;
  lesions: number;
  headline: Record<string, Estimate>;
  classes: Record<string, ClassFigures>;
  confusion: { data: number[][] };
  /** `thresholds`: on the malignant sum, by kind of picture. */
  operating_points: ({ name: string; thresholds: Record<string, number> } & Record<
    'sensitivity' | 'specificity' | 'ppv',
    Estimate
  >)[];
  reliability: { pictures: number; confidence: number; accuracy: number }[];
  sets: { nominal: number; coverage: Estimate; size: Estimate } | null;
  abstain: Record<'rate' | 'accuracy_answered', Estimate>;
  not_a_lesion: Estimate;
  faulted: Estimate;
}

export interface AllFigures extends Figures {
  failures: Record<'confident' | 'missed', Failed[]>;
  kinds: Record<string, Figures>;
}
