/** Arabic; what it is for is in ../en/check.ts. */

import type { check as english } from '../en/check';
import type { Texts } from '../messages';

export const check: Texts<typeof english> = {
  'check.label': 'الصورة',
  'check.camera': 'التقاط صورة',
  'check.file': 'اختيار صورة',
  'check.another': 'اختيار صورة أخرى',
  'check.hint': 'أو اسحبها إلى أي مكان هنا، أو ألصقها',
  'check.drop': 'أفلت الصورة',
  'check.empty': 'ستظهر الصورة هنا',
  'check.yourPhoto': 'الصورة التي اخترتها، مقصوصة إلى المربع الذي فُحص',
  'check.unseen': 'لا يستطيع هذا المتصفح عرض الصورة',
  'check.samples': 'جرّب مثالًا',
  'check.samplesNote': 'رسمها برنامج، وليست صورًا لجلد حقيقي.',
  'check.drawing': 'رسم: {name}',
  'sample.even': 'بنّي متجانس',
  'sample.many': 'ألوان كثيرة',
  'sample.red': 'بحيرات حمراء',
  'sample.waxy': 'قشرة شمعية',
  'sample.pale': 'مركز شاحب',
  'sample.vessels': 'أوعية متفرعة',
  'intro.heading': 'نظرة أقرب إلى بقعة على الجلد',
  'intro.lead': 'يقارن Lentigo صورة قريبة بأنواع آفات الجلد التي تعلّمها نموذجه، ويبيّن مقدار شبه الصورة بكل نوع منها.',
  'intro.privateHeading': 'الصورة تبقى هنا',
  'intro.private': 'كل شيء يُحسب على هذا الجهاز. لا يُرسَل أي شيء تعرضه إلى أي مكان.',
  'intro.closeHeading': 'قريبة وحادة وإضاءتها متساوية',
  'intro.close':
    'أفضل أداء للنموذج يكون عبر منظار جلد، كعدسة تُثبَّت على الهاتف. الصورة العادية بالهاتف تخبره بأقل بكثير.',
  'intro.limitHeading': 'قد يخطئ',
  'intro.limit': 'يعرف أنواعًا قليلة فقط، ويجيب حتى إن لم تُظهر الصورة أيًا منها. البقعة التي تقلقك ينبغي أن يراها طبيب.',
  'job.working': 'جارٍ فحص الصورة',
  'job.failed': 'لا إجابة لهذه الصورة',
  'job.retry': 'حاول مرة أخرى',
  'job.waiting': 'ستُفحص الصورة حالما يبدأ المحرّك.',
};
