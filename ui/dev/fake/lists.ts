/** The invented municipality's lists and settings. */
import type { Configuration, ListedCode } from '../../src/lib/api/types';

function list(...pairs: [string, string][]): ListedCode[] {
  return pairs.map(([code, label]) => ({ code, label, active: true }));
}

export const CONFIGURATION: Configuration = {
  municipality: 'Enschede',
  settings: {
    quick_note_days: 14,
    long_unseen_days: 21,
    caseload: 35,
    reading_locks_days: 7,
    purge_days: 14,
    idle_minutes: 5,
    background_seconds: 60,
  },
  lists: {
    districts: list(['wesselerbrink', 'Wesselerbrink'], ['twekkelerveld', 'Twekkelerveld'], ['pathmos', 'Pathmos']),
    approaches: list(['preventive', 'Preventief'], ['corrective', 'Correctief']),
    moods: list(['calm', 'Rustig'], ['friendly', 'Gezellig'], ['restless', 'Onrustig'], ['tense', 'Gespannen']),
    age_bands: list(
      ['<12', 'Jonger dan 12'],
      ['12-15', '12 t/m 15'],
      ['16-17', '16 en 17'],
      ['18-22', '18 t/m 22'],
      ['23-26', '23 t/m 26'],
      ['27+', '27 en ouder'],
    ),
    topics: list(
      ['school', 'School'],
      ['work', 'Werk'],
      ['money', 'Geld'],
      ['home', 'Thuis'],
      ['friends', 'Vrienden'],
      ['motivation', 'Motivatie'],
      ['leisure', 'Vrije tijd'],
      ['nuisance', 'Overlast'],
      ['substances', 'Middelen'],
      ['safety', 'Veiligheid'],
    ),
    talents: list(
      ['sport', 'Sport'],
      ['music', 'Muziek'],
      ['repair', 'Techniek'],
      ['caring', 'Zorgt voor anderen'],
      ['leading', 'Neemt de leiding'],
    ),
    life_domains: list(
      ['housing', 'Wonen'],
      ['work', 'Werk'],
      ['education', 'Onderwijs'],
      ['money', 'Geld en schulden'],
      ['health', 'Gezondheid'],
      ['substances', 'Middelen'],
      ['home', 'Thuis en familie'],
      ['network', 'Vrienden en netwerk'],
      ['leisure', 'Vrije tijd'],
      ['justice', 'Justitie'],
    ),
    door_openers: list(['youth', 'Jongere'], ['guardian', 'Ouder'], ['other', 'Iemand anders'], ['nobody', 'Niemand']),
    door_reasons: list(
      ['absence', 'Verzuim'],
      ['off_radar', 'Van de radar'],
      ['concern', 'Zorg'],
      ['other', 'Iets anders'],
    ),
    absence_kinds: list(
      ['relative', 'Mist lessen'],
      ['late', 'Vaak te laat'],
      ['absolute', 'Niet ingeschreven'],
      ['unknown', 'Weet ik niet'],
    ),
    door_results: list(
      ['conversation', 'Gesproken'],
      ['refused', 'Wil nu niet praten'],
      ['moved', 'Woont hier niet'],
      ['card_left', 'Kaartje in de bus'],
      ['phoned', 'Gebeld'],
    ),
    door_moods: list(
      ['good', 'Goed'],
      ['so_so', 'Gaat wel'],
      ['bad', 'Niet goed'],
      ['watch', 'Let op'],
      ['concern', 'Zorg'],
    ),
    channels: list(['message', 'App'], ['phone', 'Gebeld'], ['missed', 'Gemist'], ['mail', 'Mail']),
    initiatives: list(['youth', 'Jongere'], ['coach', 'Ik']),
    phases: list(['scout', 'Scout'], ['scan', 'Scan'], ['match', 'Match'], ['secure', 'Borg']),
    group_steps: list(['1', '1'], ['2a', '2A'], ['2b', '2B']),
    partners: list(['attendance', 'Leerplicht'], ['youth_officer', 'jeugdboa']),
  },
};

/** What is left of it while locked: the app's own lists, no places. */
export const LOCKED_CONFIGURATION: Configuration = {
  ...CONFIGURATION,
  municipality: '',
  lists: Object.fromEntries(
    [
      'approaches',
      'moods',
      'age_bands',
      'door_openers',
      'door_reasons',
      'absence_kinds',
      'door_results',
      'door_moods',
    ].map((name) => [name, CONFIGURATION.lists[name] ?? []]),
  ),
};
