/** What the state of the synchronisation and of one record is called, and how it looks. */
import type { Status, SyncStatus } from '$lib/api';
import type { IconName } from '$lib/components/icons';
import { m } from '$lib/i18n';

export interface ChipWords {
  text: string;
  icon: IconName;
  kind: '' | 'ok' | 'busy' | 'late' | 'error';
}

/** The chip on every main screen: trouble first, then what is under way, then what waits. */
export function chipOf(status: SyncStatus): ChipWords {
  const { connection, waiting, running, problems } = status;
  if (problems > 0) return { text: m.syncChip.problems({ count: problems }), icon: 'circle-x', kind: 'error' };
  if (running !== null) return { text: m.syncChip.busy(running), icon: 'refresh-cw', kind: 'busy' };
  if (waiting > 0) {
    const text =
      connection === 'offline' ? m.syncChip.offlineHere({ count: waiting }) : m.syncChip.here({ count: waiting });
    return { text, icon: connection === 'offline' ? 'cloud-off' : 'cloud-upload', kind: status.late ? 'late' : '' };
  }
  if (connection === 'offline') return { text: m.syncChip.offline, icon: 'cloud-off', kind: '' };
  return { text: m.syncChip.allReceived, icon: 'cloud-check', kind: 'ok' };
}

export interface StatusWords {
  text: string;
  icon: IconName;
  kind: '' | 'ok' | 'info' | 'warn' | 'danger';
}

/** Where a record is. Being on this device only is no trouble until it lasts longer than a day. */
export function wordsOf(status: Status, late: boolean): StatusWords {
  switch (status) {
    case 'draft':
      return { text: m.statuses.draft, icon: 'pencil-line', kind: '' };
    case 'on_device':
      return late
        ? { text: m.statuses.on_device_late, icon: 'smartphone', kind: 'warn' }
        : { text: m.statuses.on_device, icon: 'smartphone', kind: '' };
    case 'under_way':
      return { text: m.statuses.under_way, icon: 'cloud-upload', kind: 'info' };
    case 'received':
      return { text: m.statuses.received, icon: 'cloud-check', kind: 'ok' };
    case 'rejected':
      return { text: m.statuses.rejected, icon: 'circle-x', kind: 'danger' };
    case 'overwritten':
      return { text: m.statuses.overwritten, icon: 'git-compare', kind: 'warn' };
  }
}
