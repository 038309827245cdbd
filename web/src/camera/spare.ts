/** Whether the device has little to give. What a browser does not tell counts for nothing. */

/** A share of the whole charge, 0..1. */
const LOW_BATTERY = 0.2;

interface Told {
  connection?: { saveData?: boolean };
  getBattery?: () => Promise<{ charging: boolean; level: number }>;
}

/** Its battery is low and not being charged, or the person has asked browsers to be sparing. */
export async function isToBeSpared(): Promise<boolean> {
  const told = navigator as Navigator & Told;
  if (told.connection?.saveData) return true;
  const battery = await told.getBattery?.().catch(() => undefined);
  return battery !== undefined && !battery.charging && battery.level < LOW_BATTERY;
}
