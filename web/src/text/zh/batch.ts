/** Chinese (simplified); what it is for is in ../en/batch.ts. */

import type { batch as english } from '../en/batch';
import type { Texts } from '../messages';

export const batch: Texts<typeof english> = {
  'batch.title': '多张照片',
  'batch.heading': '一次查看多张照片',
  'batch.lead': '在本设备上逐张查看。表格可以存为文件带走；其他内容不保存。',
  'batch.choose': '选择照片',
  'batch.more': '添加照片',
  'batch.stop': '停止',
  'batch.go': '继续',
  'batch.clear': '清空表格',
  'batch.progress': '{done} / {count}',
  'batch.settled': '已查看 {done} / {count} 张照片。',
  'batch.sort': '排序方式',
  'batch.order.came': '选择顺序',
  'batch.order.name': '名称',
  'batch.order.malignant': '恶性类型，从高到低',
  'batch.order.kind': '类型',
  'batch.csv': '存为 CSV',
  'batch.json': '存为 JSON',
  'batch.photo': '照片',
  'batch.answer': '最像',
  'batch.malignant': '恶性类型',
  'batch.waiting': '等待中',
  'batch.working': '查看中',
  'batch.notLesion': '不像病变',
  'batch.unsure': '不确定',
  'batch.fault.blurred': '模糊',
  'batch.fault.dark': '太暗',
  'batch.fault.bright': '太亮',
  'batch.fault.flat': '无对比度',
  'batch.fault.small': '太小',
  'batch.fault.large': '太近',
  'batch.fault.cut': '文件不完整',
};
