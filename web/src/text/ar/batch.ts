/** Arabic; what it is for is in ../en/batch.ts. */

import type { batch as english } from '../en/batch';
import type { Texts } from '../messages';

export const batch: Texts<typeof english> = {
  'batch.title': 'صور كثيرة',
  'batch.heading': 'صور كثيرة دفعة واحدة',
  'batch.lead': 'واحدة بعد الأخرى على هذا الجهاز. يمكن أخذ الجدول ملفًا؛ ولا يُحتفظ بشيء آخر.',
  'batch.choose': 'اختيار صور',
  'batch.more': 'إضافة صور',
  'batch.stop': 'إيقاف',
  'batch.go': 'متابعة',
  'batch.clear': 'تفريغ الجدول',
  'batch.progress': '{done} من {count}',
  'batch.settled': 'فُحصت {done} من {count} صورة.',
  'batch.sort': 'الترتيب حسب',
  'batch.order.came': 'ترتيب الاختيار',
  'batch.order.name': 'الاسم',
  'batch.order.malignant': 'الأنواع الخبيثة، الأعلى أولًا',
  'batch.order.kind': 'النوع',
  'batch.csv': 'حفظ بصيغة CSV',
  'batch.json': 'حفظ بصيغة JSON',
  'batch.photo': 'الصورة',
  'batch.answer': 'الأكثر شبهًا بـ',
  'batch.malignant': 'الأنواع الخبيثة',
  'batch.waiting': 'في الانتظار',
  'batch.working': 'قيد الفحص',
  'batch.notLesion': 'لا تشبه آفة',
  'batch.unsure': 'غير مؤكد',
  'batch.fault.blurred': 'غير واضحة',
  'batch.fault.dark': 'مظلمة جدًا',
  'batch.fault.bright': 'ساطعة جدًا',
  'batch.fault.flat': 'بلا تباين',
  'batch.fault.small': 'صغيرة جدًا',
  'batch.fault.large': 'قريبة جدًا',
  'batch.fault.cut': 'ملف ناقص',
};
