/** Why there is no camera, by the browser's names for it, old ones among them. */
import { type AppFault, Fault } from '../protocol/fault';

const BY_NAME: Record<string, AppFault> = {
  NotAllowedError: 'camera-denied',
  PermissionDeniedError: 'camera-denied',
  SecurityError: 'camera-denied',
  NotFoundError: 'camera-none',
  DevicesNotFoundError: 'camera-none',
  NotReadableError: 'camera-busy',
  TrackStartError: 'camera-busy',
  AbortError: 'camera-busy',
  OverconstrainedError: 'camera-unfit',
  ConstraintNotSatisfiedError: 'camera-unfit',
  NotSupportedError: 'camera-unsupported',
  TypeError: 'camera-unsupported',
};

export function toCameraFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { name, message } = error as Error;
  return new Fault(BY_NAME[name] ?? 'camera-failed', message ? `${name}: ${message}` : name);
}
