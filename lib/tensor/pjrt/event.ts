import type { Api } from "@/lib/tensor/pjrt/api.ts";

/**
 * Waits for an event on another thread, and frees it; 0 stands for one that is past.
 *
 * @throws {PjrtError} What came of that which it stands for.
 */
export async function settled(api: Api, event: bigint): Promise<void> {
  if (event === 0n) return;
  try {
    await api.callAside("PJRT_Event_Await", { event });
  } finally {
    dropEvent(api, event);
  }
}

/** The same on this thread. */
export function settle(api: Api, event: bigint): void {
  if (event === 0n) return;
  try {
    api.call("PJRT_Event_Await", { event });
  } finally {
    dropEvent(api, event);
  }
}

/** Frees an event that nobody waits for. */
export function dropEvent(api: Api, event: bigint): void {
  if (event !== 0n) api.call("PJRT_Event_Destroy", { event });
}
