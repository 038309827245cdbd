/** Arabic; what it is for is in ../en/shell.ts. */

import type { shell as english } from '../en/shell';
import type { Texts } from '../i18n';

export const shell: Texts<typeof english> = {
  'app.notDiagnosis': 'وسيلة للتعلّم. ليست تشخيصًا وليست جهازًا طبيًا.',
  'app.title': '{screen} – Lentigo',
  'app.skip': 'الانتقال إلى المحتوى',
  'nav.label': 'القائمة الرئيسية',
  'nav.check': 'الفحص',
  'nav.history': 'السجل',
  'nav.settings': 'الإعدادات',
  'screen.loading': 'جارٍ تحميل هذه الصفحة',
  'screen.failed': 'تعذّر تحميل هذه الصفحة',
  'shell.offline.unknown': 'يعمل دون شبكة بعد تحميله',
  'shell.offline.ready': 'يعمل دون شبكة',
  'shell.offline.failed': 'يحتاج إلى الشبكة',
  'shell.update.waiting': 'نسخة جديدة من التطبيق جاهزة.',
  'shell.update.taken': 'بدأت نسخة جديدة من التطبيق في نافذة أخرى.',
  'shell.update.withdrawn': 'سحب مشغّل هذا الموقع هذا الإصدار. احفظ ما تحتاج إليه ثم أعد التحميل.',
  'shell.reload': 'إعادة التحميل',
  'shell.model': 'النموذج {name} {version}',
  'shell.modelRenewed': 'تم اعتماد نموذج أحدث: {version}.',
  'shell.modelFailed': 'تعذّر اعتماد نموذج أحدث. النموذج الموجود يواصل العمل.',
  'shell.licence': 'رخصة النموذج: {licence}.',
  'engine.loading': 'جارٍ تجهيز النموذج',
  'engine.bytes': 'جارٍ جلب النموذج: {received} من {total}',
  'engine.ready': 'جاهز',
  'engine.failed': 'لم يبدأ المحرّك',
  'format.number': '{value}',
  'format.below': 'أقل من {value}',
  'format.above': 'أكثر من {value}',
  'missing.heading': 'لا توجد صفحة كهذه',
  'missing.lead': 'لا شيء في هذا التطبيق على هذا العنوان. ربما حُذف، أو أن العنوان غير كامل.',
  'missing.way': 'إلى الصفحة الأولى',
  'broken.heading': 'هذه الصفحة لا تعمل',
};
