/** Invented young people, groups and places. */
import type { GroupRow, SpotChip, YouthRow } from '../../src/lib/api/types';

export interface Person extends YouthRow {
  given_name: string;
  family_name: string;
}

type Line = [string, string, string | null, number, string | null, number];

const LINES: Line[] = [
  ['Ilyas', 'Demirci', 'Lilo', 17, 'match', 1],
  ['Noor', 'van Dalen', null, 19, 'scan', 2],
  ['Bartosz', 'Wiśniewski', 'Bart', 18, 'match', 4],
  ['Kiara', 'Martina', null, 20, 'secure', 9],
  ['Jayden', 'Pinas', 'Jay', 16, 'scout', 25],
  ['Senna', 'Yıldız', null, 22, 'match', 32],
  ['Tygo', 'Lammers', null, 17, 'scan', 1],
  ['Hamza', 'Ouali', null, 18, null, 7],
  ['Rick', 'Sanders', null, 24, 'secure', 40],
  ['Dennis', 'Akker', null, 18, 'scan', 22],
  ['Liliana', 'Costa', null, 21, 'scan', 13],
];
const GIVEN = ['Mila', 'Sem', 'Fenna', 'Amir', 'Jet', 'Boaz', 'Yara', 'Thijs', 'Zoë', 'Omar', 'Lotte', 'Daan'];
const FAMILY = ['Vlierboom', 'Zandstra', 'Okafor', 'Wigbold', 'El Amrani', 'Kuipers', 'Novak', 'Ter Horst', 'Bakboord'];
const PHASES = ['scout', 'scan', 'match', 'secure', 'match', 'scan', 'scout', null];

/** That many young people, of whom the first 32 are the coach's own. */
export function people(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const line = LINES[index] ?? invented(index);
    const [given_name, family_name, nickname, age, phase, days] = line;
    const initials = `${given_name.charAt(0)}${(family_name.split(' ').at(-1) ?? '').charAt(0)}`;
    return {
      id: `youth-${String(index)}`,
      given_name,
      family_name,
      shown: `${given_name} ${family_name}`,
      nickname,
      initials,
      tint: index < 8 ? ([0, 1, 2, 0, 1, 2, 3, 0][index] ?? 0) : index % 4,
      age,
      phase,
      district: index % 3 === 2 ? 'twekkelerveld' : 'wesselerbrink',
      days_unseen: days,
      long_unseen: days >= 21,
      coach: index < 32 ? null : 'Marouan',
      mine: index < 32,
    };
  });
}

function invented(index: number): Line {
  const given = GIVEN[index % GIVEN.length] ?? '';
  const family = FAMILY[Math.floor(index / GIVEN.length) % FAMILY.length] ?? '';
  const more = index >= GIVEN.length * FAMILY.length ? ` ${String(index)}` : '';
  return [given, family + more, null, 16 + (index % 11), PHASES[index % PHASES.length] ?? null, index % 20];
}

export const SPOTS: SpotChip[] = [
  { spot: 'skatebaan', district: 'wesselerbrink', label: 'Skatebaan' },
  { spot: 'winkelcentrum', district: 'wesselerbrink', label: 'Winkelcentrum' },
  { spot: 'bushalte', district: 'wesselerbrink', label: 'Bushalte' },
  { spot: 'speelveld', district: 'twekkelerveld', label: 'Speelveld' },
];

export const GROUPS: GroupRow[] = [
  { id: 'group-1', name: 'Groep skatebaan', spots: ['Skatebaan', 'Speelveld'], estimated_size: 8, step: '2b' },
  { id: 'group-2', name: 'Groep winkelcentrum', spots: ['Winkelcentrum'], estimated_size: 12, step: '2a' },
  { id: 'group-3', name: 'Groep bushalte', spots: ['Bushalte'], estimated_size: 5, step: '1' },
];
