/** Chinese (simplified); what it is for is in ../en/kinds.ts. */

import type { kinds as english } from '../en/kinds';
import type { Texts } from '../messages';

export const kinds: Texts<typeof english> = {
  'kind.akiec': '光化性角化病或鲍温病',
  'kind.akiec.about':
    '多年日晒形成的粗糙、脱屑的斑块。它们是停留在皮肤表层的早期皮肤癌，通常会加以治疗，以免向深处生长。',
  'kind.bcc': '基底细胞癌',
  'kind.bcc.about': '最常见的皮肤癌。它生长缓慢，极少扩散，但会损害周围皮肤，应当切除。',
  'kind.bkl': '良性角化病',
  'kind.bkl.about': '无害的增生，如脂溢性角化病和日光斑。随年龄增长很常见，无需治疗，但有些很像黑色素瘤。',
  'kind.df': '皮肤纤维瘤',
  'kind.df.about': '皮肤中小而硬的无害结节，常在腿上，常在虫咬或抓伤之后出现。',
  'kind.mel': '黑色素瘤',
  'kind.mel.about': '其中最危险的一类：可能扩散的色素细胞癌。若及早发现，切除后几乎总能治愈。',
  'kind.nv': '痣',
  'kind.nv.about': '普通的痣：一群无害的色素细胞。如果痣发生变化、出血或与其他的不同，应请医生查看。',
  'kind.vasc': '血管性病变',
  'kind.vasc.about': '小血管的增生或出血，如樱桃状血管瘤。呈红色、紫色或近黑色，大多无害。',
  'lesson.heading': '用通俗的话介绍各类',
  'lesson.lead': '每一类是什么、不是什么，以及人们通常接下来怎么做。',
  'lesson.what': '它是什么',
  'lesson.not': '它不是什么',
  'lesson.next': '人们通常接下来怎么做',
  'lesson.sources': '本文为此应用撰写，参考',
  'lesson.all': '所有类型',
  'lesson.unknown': '没有关于此类型的页面。',
  'lesson.read': '了解更多',
  'lesson.noAdvice': '这是一般知识，不是针对您皮肤的建议。',
};
