/** Arabic; what it is for is in ../en/crop.ts. */

import type { crop as english } from '../en/crop';
import type { Texts } from '../messages';

export const crop: Texts<typeof english> = {
  'crop.open': 'تدوير أو اختيار البقعة',
  'crop.place': 'الصورة مع المربع الذي يُفحص',
  'crop.help':
    'اسحب المربع إلى البقعة مع بعض الجلد حولها. إصبعان أو العجلة أو + و− لتغيير حجمه؛ ومفاتيح الأسهم لتحريكه.',
  'crop.propose': 'استخدم المربع المتقطع: حول أكبر بقعة داكنة',
  'crop.size': 'الحجم',
  'crop.left': 'تدوير إلى اليسار',
  'crop.right': 'تدوير إلى اليمين',
  'crop.cancel': 'إلغاء',
  'crop.done': 'افحص هذا',
};
