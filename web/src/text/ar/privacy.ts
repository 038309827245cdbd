/** Arabic; what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../i18n';

export const privacy: Texts<typeof english> = {
  'privacy.title': 'الخصوصية',
  'privacy.heading': 'لا شيء يغادر. جرّب بنفسك.',
  'privacy.lead':
    'تُفحص صورتك على هذا الجهاز. لست مضطرًا إلى تصديقنا: يخبر هذا الموقع المتصفح بما لا يجوز له أبدًا، فيمنع المتصفح الموقع نفسه.',
  'privacy.tryHeading': 'محاولة إرسال شيء إلى الخارج',
  'privacy.try':
    'يجعل الزر هذه الصفحة، والجزء الذي يحمل صورتك منها، يطلبان عنوانًا في مكان آخر. العنوان اسم محجوز لا يملكه أحد.',
  'privacy.button': 'جرّب',
  'privacy.again': 'جرّب مرة أخرى',
  'privacy.trying': 'جارٍ التجربة',
  'privacy.offline': 'لا توجد شبكة الآن. النتيجة واحدة: يمنع المتصفح قبل أن يبحث عنها.',
  'privacy.allRefused': 'منع المتصفح كل محاولة.',
  'privacy.noneArrived': 'لم يخرج شيء. لا يقول هذا المتصفح عن كل محاولة إن القاعدة أوقفتها.',
  'privacy.arrived': 'أُرسل شيء ما. حدّث المتصفح وأخبر من يدير هذا الموقع.',
  'privacy.fromPage': 'من الصفحة',
  'privacy.fromWorker': 'من الجزء الذي يحمل الصورة',
  'privacy.noWorker': 'هذا الجزء لا يعمل الآن.',
  'privacy.way.fetch': 'جلب ملف',
  'privacy.way.picture': 'تحميل صورة',
  'privacy.way.message': 'ترك رسالة عند الإغلاق',
  'privacy.way.line': 'فتح خط دائم',
  'privacy.outcome.refused': 'منعته القاعدة {directive}',
  'privacy.outcome.arrived': 'أُرسل',
  'privacy.outcome.unclear': 'فشل؛ ولا يقول المتصفح لماذا',
  'privacy.forbidHeading': 'ما يمنع المتصفح هذا الموقع منه',
  'privacy.forbid.connect': 'طلب أي شيء من موقع آخر أو إرسال أي شيء إليه.',
  'privacy.forbid.load': 'تحميل صور أو نصوص برمجية أو أنماط أو خطوط أو إطارات من أي موقع آخر.',
  'privacy.forbid.script': 'تشغيل نص بوصفه برنامجًا، أو قبول برامج لم تأتِ مع التطبيق.',
  'privacy.forbid.form': 'إرسال نموذج بيانات إلى أي مكان.',
  'privacy.forbid.sensors': 'الميكروفون والمكان. الكاميرا فقط حين تطلبها.',
  'privacy.keepHeading': 'ما يبقى على هذا الجهاز',
  'privacy.keep':
    'التطبيق نفسه والنموذج وإعداداتك. الصور فقط إذا شغّلت السجل، وعندئذ هنا وحسب. لا توجد صورة في أي عنوان أو سجل خادم. الصورة التي تشاركها من تطبيق آخر تستلمها نسخة التطبيق في المتصفح؛ ولا يُسأل الموقع.',
  'privacy.asksHeading': 'ما يُطلب من الموقع مع ذلك',
  'privacy.asks':
    'من حين لآخر: هل يوجد تطبيق أو نموذج أحدث، بملفين اسماهما واحدان للجميع. في وضع الطيران لا يحدث حتى ذلك، وكل شيء يعمل.',
  'privacy.limitsHeading': 'ما لا يثبته هذا',
  'privacy.limits':
    'الرابط الذي تتبعه يقود إلى الخارج كسائر الروابط. ولا تستطيع صفحة أن تضمن المتصفح أو إضافاته أو الهاتف.',
};
