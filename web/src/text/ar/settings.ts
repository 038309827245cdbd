/** Arabic; what it is for is in ../en/settings.ts. */

import type { settings as english } from '../en/settings';
import type { Texts } from '../messages';

export const settings: Texts<typeof english> = {
  'settings.heading': 'الإعدادات',
  'settings.language': 'اللغة',
  'settings.languageAuto': 'كما في المتصفح',
  'settings.point': 'علامة الأنواع الخبيثة',
  'settings.pointLead': 'العلامة الأدنى تكشف آفات خبيثة أكثر وتنذر مرات أكثر دون داعٍ.',
  'settings.pointOwn': 'العلامة عند {share} (علامة النموذج)',
  'settings.pointAt': 'العلامة عند {share}',
  'settings.pointFigures': 'من كل 100 خبيثة تكشف نحو {found}؛ ومن كل 100 غير ضارة تستثني نحو {spared}.',
  'settings.history': 'الاحتفاظ بسجل على هذا الجهاز',
  'settings.historyNote': 'عند الإيقاف: لا يمكن الاحتفاظ بجديد. ما احتُفظ به يبقى حتى تحذفه.',
  'settings.threads': 'خيوط المعالجة',
  'settings.threadsLead':
    'بعدد أكبر منها تصل الإجابات أسرع، خصوصًا مع صور كثيرة وعند النظر عن قرب، مع استهلاك أكبر للطاقة والذاكرة. تبقى الإجابات نفسها.',
  'settings.threadCount': {
    zero: 'لا خيوط ({count})',
    one: 'خيط واحد ({count})',
    two: 'خيطان ({count})',
    few: '{count} خيوط',
    many: '{count} خيطًا',
    other: '{count} خيط',
  },
  'settings.threadsLater': 'يمكن اختيار أكثر من خيط بعد حفظ التطبيق على هذا الجهاز وفتحه من جديد.',
  'settings.threadsOne': 'في هذا المتصفح يعمل المحرك بخيط واحد.',
  'settings.units': 'وحدات الطول',
  'settings.units.metric': 'مليمتر',
  'settings.units.imperial': 'بوصة',
};
