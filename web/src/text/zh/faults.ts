/** Chinese (simplified); what it is for is in ../en/faults.ts. */

import type { faults as english } from '../en/faults';
import type { Texts } from '../i18n';

export const faults: Texts<typeof english> = {
  'fault.insecure': '此页必须通过 https（或 localhost）打开；否则浏览器不提供所需功能。',
  'fault.no-simd':
    '此浏览器缺少引擎所依赖的 WebAssembly SIMD。当前版本的 Chrome、Edge、Firefox 或 Safari（16.4 及以上）具备它。',
  'fault.engine-load': '引擎无法加载。请检查连接，或重新加载页面。',
  'fault.catalog': '无法读取模型列表。网站可能设置有误，或网络的登录页面代替它作答。',
  'fault.catalog-network': '无法获取模型：没有连到网站。加载一次之后就不需要网络。',
  'fault.model-network': '无法获取模型。请检查连接。',
  'fault.model-hash': '收到的模型与公布的不符，因此没有使用。',
  'fault.storage': '浏览器没有空间保存模型。',
  'fault.time-out': '耗时过长，已停止。',
  'fault.crash': '引擎内部出错。再试一次时会重新启动。',
  'fault.stale': '此后已查看了另一张照片。',
  'fault.not-a-picture': '此浏览器无法读取这张图片。JPEG 和 PNG 总是可以。',
  'fault.empty-file': '文件是空的。',
  'fault.sample': '无法获取示例。请检查连接。',
  'fault.folder': '这是一个文件夹。请改为拖放其中的照片。',
  'fault.link': '这不是文件。请先保存图片，再拖放或选择：此页不从别处获取任何内容。',
  'fault.nothing-pasted': '剪贴板中没有图片。',
  'fault.LT_MEMORY': '内存不足。关闭其他标签页，或用较小的照片，也许有用。',
  'fault.LT_MODEL_FORMAT': '模型文件已损坏。',
  'fault.LT_MODEL_UNSUPPORTED': '模型的要求超出此版本应用的能力。重新加载也许会带来较新的版本。',
  'fault.LT_MODEL_METADATA': '模型文件对自身的描述有误。',
  'fault.LT_IMAGE_FORMAT': '照片已损坏，或并非它所声称的格式。',
  'fault.LT_IMAGE_UNSUPPORTED': '无法读取这种 JPEG 或 PNG。用照片程序另存后即可。',
  'fault.LT_IMAGE_SIZE': '照片的像素太多。较小的版本同样可用。',
  'fault.language': '无法获取该语言的文本。请检查连接。',
  'fault.screen': '无法获取此页。请检查连接，或重新加载。',
  'fault.history-blocked': '浏览器不允许此页保存任何内容，例如在隐私窗口中。没有丢失，也没有保存。',
  'fault.history-full': '本设备已没有空间。未能保存；之前保存的都还在。删除旧照片可腾出空间。',
  'fault.history-archive': '此文件不是本应用的完整历史。没有任何更改。',
  'fault.preferences': '浏览器在此不保存设置。设置在页面关闭前有效。',
};
