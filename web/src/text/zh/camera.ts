/** Chinese (simplified); what it is for is in ../en/camera.ts. */

import type { camera as english } from '../en/camera';
import type { Texts } from '../messages';

export const camera: Texts<typeof english> = {
  'camera.title': '相机',
  'camera.view': '相机看到的画面',
  'camera.off': '相机已关闭',
  'camera.opening': '正在打开相机',
  'camera.on': '打开相机',
  'camera.asking': '浏览器可能会询问此页是否可以使用相机。',
  'camera.failed': '没有相机',
  'camera.shoot': '拍摄',
  'camera.app': '使用相机应用',
  'camera.torch': '灯',
  'camera.lens': '相机',
  'camera.lensNumber': '相机 {number}',
  'camera.zoom': '变焦',
  'camera.zoomValue': '{value} 倍',
  'camera.local': '图片留在本设备上。离开此页时相机会关闭。',
  'camera.aim': '将斑点放入圆环，然后点按画面或按空格键。',
  'camera.good': '很好。请保持稳定并拍摄。',
  'camera.fault.blurred': '模糊。请保持稳定，或稍微后退直到清晰。',
  'camera.fault.dark': '太暗。请增加光线，或开灯。',
  'camera.fault.bright': '太亮。请避开反光。',
  'camera.fault.flat': '几乎没有对比度。圆环中有斑点吗？',
  'camera.fault.small': '太远，或圆环中什么也没有。请靠近斑点。',
  'camera.fault.large': '太近。斑点周围应能看到一些皮肤。',
};
