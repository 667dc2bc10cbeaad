import { createTopic, type Topic } from '../../base/topic.ts';
import type { EngineStatus, Hardware } from '../../contract/engine.ts';
import type { FailedLoad } from '../../contract/load.ts';
import type { SpawnChild } from '../children.ts';
import { type CrashLog, createCrashLog } from './crashLog.ts';
import { createProbe } from './probe.ts';
import { openSlot, type Slot } from './slot.ts';

/** The engine processes: the one in use, and while a model is switched one that comes and one that is on its way out. */
export interface Crew {
  readonly status: Topic<EngineStatus>;
  readonly active: Slot;
  readonly incoming: Slot | null;
  /** The process that whoever has the seat stays with, though another may be in use meanwhile. */
  readonly pinned: Slot | null;
  /** All processes there are now. */
  slots(): Slot[];
  readonly hardware: Hardware | null;
  readonly crashes: CrashLog;
  /** Starts one more process. */
  open(): Slot;
  /** Takes a process into use; the one before ends, once nobody is pinned to it. */
  promote(slot: Slot): void;
  pin(slot: Slot): void;
  unpin(): void;
  setIncoming(slot: Slot | null): void;
  /** The newest load that failed while another model stayed in use. */
  setFailed(failed: FailedLoad | null): void;
  setAnswering(answering: boolean): void;
  /** The model that was unloaded for want of prompts. */
  setRested(modelId: string | null): void;
  /** Tells everybody the state as it is now. */
  publish(): void;
  close(): void;
}

/** Starts the first process. `waiting` tells how many wait for the seat. */
export function createCrew(options: { spawn: SpawnChild; entry: string; waiting: () => number }): Crew {
  const crashes = createCrashLog();
  let hardware: Hardware | null = null;
  let lastCrash: EngineStatus['lastCrash'] = null;
  let answering = false;
  let rested: string | null = null;
  let failed: FailedLoad | null = null;
  let incoming: Slot | null = null;
  let pinned: Slot | null = null;
  let closed = false;

  const probe = createProbe((found) => {
    hardware = found;
    publish();
  });
  const open = () =>
    openSlot({
      spawn: options.spawn,
      entry: options.entry,
      probe,
      onChange: () => publish(),
      onCrash(slot, { message }, modelId) {
        crashes.add(modelId);
        lastCrash = { at: Date.now(), message, modelId };
        // Only the model in use comes back by itself.
        if (slot !== active) slot.close();
      },
    });
  let active = open();

  const snapshot = (): EngineStatus => ({
    ...active.process.status.value,
    hardware,
    model: active.model,
    next: incoming?.model.state === 'loading' ? incoming.model : failed,
    rested: active.model.state === 'none' ? rested : null,
    busy: answering,
    waiting: options.waiting(),
    crashes: crashes.total,
    lastCrash,
    blocked: crashes.blocked(),
  });
  const status = createTopic<EngineStatus>(snapshot());
  function publish(): void {
    if (!closed) status.set(snapshot());
  }

  const slots = () => [...new Set([active, incoming, pinned])].filter((slot) => slot !== null);

  return {
    status,
    crashes,
    get active() {
      return active;
    },
    get incoming() {
      return incoming;
    },
    get pinned() {
      return pinned;
    },
    get hardware() {
      return hardware;
    },
    open,
    slots,
    promote(slot) {
      const old = active;
      active = slot;
      rested = null;
      // An answer that the old model is writing goes on to its end.
      if (old !== pinned) void old.settle().then(old.close);
      publish();
    },
    pin(slot) {
      pinned = slot;
    },
    unpin() {
      if (pinned !== null && pinned !== active) void pinned.settle().then(pinned.close);
      pinned = null;
    },
    setIncoming(slot) {
      incoming = slot;
      publish();
    },
    setFailed(next) {
      failed = next;
      publish();
    },
    setAnswering(now) {
      answering = now;
      publish();
    },
    setRested(modelId) {
      rested = modelId;
      publish();
    },
    publish,
    close() {
      closed = true;
      for (const slot of slots()) slot.close();
    },
  };
}
