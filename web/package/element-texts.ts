/** The component's words: those of the app, in the language of the page around it. */
import english from 'texts/element/en';

type Messages = Record<string, string>;

const LOADERS: Record<string, () => Promise<{ default: Messages }>> = {
  ar: () => import('texts/element/ar'),
  de: () => import('texts/element/de'),
  es: () => import('texts/element/es'),
  fr: () => import('texts/element/fr'),
  pt: () => import('texts/element/pt'),
  zh: () => import('texts/element/zh'),
};
const FROM_THE_RIGHT = ['ar'];

export class Texts {
  readonly language: string;
  readonly #messages: Messages;
  readonly #percent: Intl.NumberFormat;
  readonly #finer: Intl.NumberFormat;

  constructor(language = 'en', messages: Messages = english) {
    this.language = language;
    this.#messages = messages;
    this.#percent = new Intl.NumberFormat(language, { style: 'percent' });
    this.#finer = new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1 });
  }

  /** Those of the first language that there are texts of: `pt-BR` is `pt`. English where there are none. */
  static async load(language: string): Promise<Texts> {
    const [primary = 'en'] = language.toLowerCase().split('-');
    const loader = LOADERS[primary];
    return loader ? new Texts(primary, (await loader()).default) : new Texts();
  }

  get direction(): 'ltr' | 'rtl' {
    return FROM_THE_RIGHT.includes(this.language) ? 'rtl' : 'ltr';
  }

  t(key: string, values: Record<string, string> = {}): string {
    const text = this.#messages[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
  }

  ifAny(key: string): string | null {
    return this.#messages[key] ?? null;
  }

  /** A share, 0..1, as "93%", "4.2%", "<0.1%". Never "0%" or "100%" for what is neither. */
  percent(share: number): string {
    if (share > 0 && share < 0.001) return this.t('format.below', { value: this.#finer.format(0.001) });
    if (share > 0.999 && share < 1) return this.t('format.above', { value: this.#finer.format(0.999) });
    const whole = share === 0 || share === 1;
    return (!whole && (share < 0.1 || share > 0.99) ? this.#finer : this.#percent).format(share);
  }
}
