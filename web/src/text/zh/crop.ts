/** Chinese (simplified); what it is for is in ../en/crop.ts. */

import type { crop as english } from '../en/crop';
import type { Texts } from '../messages';

export const crop: Texts<typeof english> = {
  'crop.open': '旋转或选取斑点',
  'crop.place': '照片及所查看的正方形',
  'crop.help': '将正方形拖到斑点上，周围留一些皮肤。双指捏合、滚轮或 + 和 − 改变大小；方向键移动它。',
  'crop.propose': '采用虚线正方形：围绕最大的深色斑点',
  'crop.size': '大小',
  'crop.left': '向左旋转',
  'crop.right': '向右旋转',
  'crop.cancel': '取消',
  'crop.done': '查看这里',
};
