/** Chinese (simplified); what it is for is in ../en/check.ts. */

import type { check as english } from '../en/check';
import type { Texts } from '../messages';

export const check: Texts<typeof english> = {
  'check.label': '照片',
  'check.camera': '拍照',
  'check.file': '选择照片',
  'check.another': '另选一张',
  'check.hint': '或拖放到页面任意处，或粘贴',
  'check.drop': '放下照片',
  'check.empty': '照片将显示在这里',
  'check.yourPhoto': '您选择的照片，已裁剪为所查看的正方形',
  'check.unseen': '此浏览器无法显示该图片',
  'check.samples': '试试示例',
  'check.samplesNote': '由程序绘制，并非皮肤照片。',
  'check.drawing': '绘图：{name}',
  'sample.even': '均匀棕色',
  'sample.many': '多种颜色',
  'sample.red': '红色湖状区',
  'sample.waxy': '蜡样痂皮',
  'sample.pale': '浅色中心',
  'sample.vessels': '分支血管',
  'intro.heading': '更仔细地看皮肤上的一个斑点',
  'intro.lead': 'Lentigo 将特写照片与其模型学过的皮肤病变类型进行比较，并显示照片与每一类的相似程度。',
  'intro.privateHeading': '照片留在这里',
  'intro.private': '一切都在本设备上计算。您展示的内容不会发送到任何地方。',
  'intro.closeHeading': '近、清晰、光线均匀',
  'intro.close': '通过皮肤镜（例如夹在手机上的镜头）拍摄时，模型表现最好。普通手机照片告诉它的少得多。',
  'intro.limitHeading': '它可能出错',
  'intro.limit': '它只认识少数几类，即使图片中没有任何一类也会给出答案。让您担心的斑点应当请医生查看。',
  'job.working': '正在查看照片',
  'job.failed': '这张照片没有答案',
  'job.retry': '再试一次',
  'job.waiting': '引擎启动后会立即查看这张照片。',
};
