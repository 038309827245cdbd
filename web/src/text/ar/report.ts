/** Arabic; what it is for is in ../en/report.ts. */

import type { report as english } from '../en/report';
import type { Texts } from '../messages';

export const report: Texts<typeof english> = {
  'report.open': 'تقرير',
  'report.way': 'صفحة للطباعة أو المشاركة',
  'report.heading': 'تقرير',
  'report.print': 'طباعة أو حفظ بصيغة PDF',
  'report.share': 'مشاركة',
  'report.none': 'لا توجد إجابة لكتابة تقرير عنها. افحص صورة أولًا.',
  'report.date': 'التاريخ',
  'report.site': 'الموضع',
  'report.size': 'الحجم',
  'report.note': 'ملاحظة',
  'report.photo': 'المربع الذي فُحص',
  'report.map': 'ما الذي أيّد: {name}',
  'report.sum': 'الأنواع الخبيثة معًا: {share}',
  'report.sumMark': 'الأنواع الخبيثة معًا: {share} (العلامة عند {mark})',
  'report.set': 'قد تكون: {names}.',
  'report.made': 'حُسب على الجهاز بواسطة {model}، الملف {hash}.',
  'report.views': {
    zero: '{count} مشهد.',
    one: 'مشهد واحد ({count}).',
    two: 'متوسط مشهدين ({count}).',
    few: 'متوسط {count} مشاهد.',
    many: 'متوسط {count} مشهدًا.',
    other: 'متوسط {count} مشهد.',
  },
  'report.disclaimer':
    'صنعه برنامج وسيلةً للتعلّم. ليس جهازًا طبيًا وليس تشخيصًا. الأرقام تقول كم تشبه الصورة صور المجموعة التي تعلّم منها النموذج، وليست احتمال مرض. البرنامج تفوته حالات ميلانوما. هل تحتاج البقعة إلى علاج؟ لا يقول ذلك إلا طبيب.',
  'report.shared': 'Lentigo: {name}، {share}. {disclaimer}',
  'report.unshared': 'تعذّرت المشاركة. اطبعه أو احفظ الصورة بدلًا من ذلك.',
  'report.picture': 'نوع الصورة',
  'report.sharedName': '{name} ({kind})',
};
