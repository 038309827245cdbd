/** Arabic; what it is for is in ../en/camera.ts. */

import type { camera as english } from '../en/camera';
import type { Texts } from '../messages';

export const camera: Texts<typeof english> = {
  'camera.title': 'الكاميرا',
  'camera.view': 'ما تراه الكاميرا',
  'camera.off': 'الكاميرا متوقفة',
  'camera.opening': 'جارٍ فتح الكاميرا',
  'camera.on': 'تشغيل الكاميرا',
  'camera.asking': 'قد يسأل المتصفح هل يُسمح لهذه الصفحة باستعمال الكاميرا.',
  'camera.failed': 'لا كاميرا',
  'camera.shoot': 'التقط الصورة',
  'camera.app': 'استعمال تطبيق الكاميرا',
  'camera.torch': 'المصباح',
  'camera.lens': 'الكاميرا',
  'camera.lensNumber': 'الكاميرا {number}',
  'camera.zoom': 'التكبير',
  'camera.zoomValue': '{value} مرة',
  'camera.local': 'تبقى الصورة على هذا الجهاز. تتوقف الكاميرا عند مغادرة هذه الصفحة.',
  'camera.aim': 'ضع البقعة في الحلقة ثم المس الصورة أو اضغط مفتاح المسافة.',
  'camera.good': 'جيد. اثبت والتقط الصورة.',
  'camera.fault.blurred': 'غير واضحة. اثبت أو ابتعد قليلًا حتى تتضح.',
  'camera.fault.dark': 'مظلمة جدًا. ضوء أكثر أو المصباح.',
  'camera.fault.bright': 'ساطعة جدًا. ابتعد عن الانعكاس.',
  'camera.fault.flat': 'يكاد لا يوجد تباين. هل في الحلقة بقعة؟',
  'camera.fault.small': 'بعيدة جدًا، أو لا شيء في الحلقة. اقترب من البقعة.',
  'camera.fault.large': 'قريبة جدًا. ينبغي أن يظهر بعض الجلد حول البقعة.',
};
