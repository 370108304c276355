//! Plans that once broke something: they are played again with every test run.
//!
//! Each was cut down from a seed to the steps that matter. The steps are kept, not the seed: a seed makes another plan as
//! soon as anything new can happen.

use super::plan::Plan;
use super::step::{Act, Deed, Event, Network, Poison, Step};

/// A plan, and what it broke.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// What it broke, in a sentence.
    pub broke: &'static str,
    seed: u64,
    phones: usize,
    each_look: i64,
    page: usize,
    steps: &'static [Step],
}

impl Stored {
    /// What happens in it.
    pub fn plan(&self) -> Plan {
        Plan {
            seed: self.seed,
            phones: self.phones,
            each_look: self.each_look,
            page: self.page,
            steps: self.steps.to_vec(),
        }
    }
}

/// All of them.
pub const ONCE_BROKEN: &[Stored] = &[
    Stored {
        broke: "two people wrote an address at one instant; who wrote on over their own word took the other one away",
        seed: 41,
        phones: 3,
        each_look: 0,
        page: 2_000,
        steps: &[
            deed(1, Deed::Youth, 14_061_493_581_533_132_428),
            sync(1, Network::Patchy(5_096_977_883_280_500_342)),
            sync(2, Network::Patchy(900_651_326_677_337_704)),
            deed(1, Deed::Dispute, 3_408_038_861_112_733_774),
            deed(2, Deed::Note, 8_529_633_171_083_662_052),
            sync(2, Network::Works),
            deed(2, Deed::Delete, 12_692_076_909_924_415_496),
            deed(2, Deed::Edit, 17_392_364_756_349_302_680),
        ],
    },
    Stored {
        broke: "two people wrote on over one value that counted ahead of the server's clock, and got one instant",
        seed: 1_495,
        phones: 2,
        each_look: 0,
        page: 2,
        steps: &[
            deed(0, Deed::Note, 10_612_675_135_570_854_467),
            deed(0, Deed::Youth, 10_938_459_692_145_743_775),
            deed(0, Deed::Contact, 10_283_757_177_293_151_108),
            deed(1, Deed::Youth, 18_303_914_680_784_486_976),
            sync(0, Network::ReplyCut(876)),
            office(Act::SetClock(-6_791), 6_201_895_953_450_590_490),
            deed(0, Deed::Contact, 1_517_793_852_846_004_453),
            sync(1, Network::Killed { answers: 3, steps: 3 }),
            sync(0, Network::Works),
            deed(0, Deed::Delete, 13_724_215_742_790_615_899),
            deed(1, Deed::Dispute, 5_685_965_219_502_252_787),
            deed(0, Deed::Contact, 16_060_658_693_066_848_124),
            deed(0, Deed::Edit, 8_422_872_022_921_096_920),
            sync(1, Network::Twice),
        ],
    },
    Stored {
        broke: "two people answered at one instant what a third had taken out, who then took that back",
        seed: 264,
        phones: 3,
        each_look: 0,
        page: 2_000,
        steps: &[
            deed(1, Deed::Contact, 6_188_137_202_788_763_122),
            sync(1, Network::Works),
            sync(2, Network::Works),
            deed(1, Deed::TakeOut, 7_061_591_580_368_159_748),
            sync(0, Network::Works),
            deed(2, Deed::Dispute, 16_574_843_252_545_532_797),
            sync(1, Network::Works),
            deed(1, Deed::Undo, 15_084_961_302_913_782_565),
        ],
    },
    Stored {
        broke: "the words of an erased record stayed in the log of its author's phone, because they had been released from quarantine",
        seed: 291,
        phones: 2,
        each_look: 0,
        page: 2_000,
        steps: &[
            deed(1, Deed::Poison(Poison::WrongType), 14_985_429_998_357_710_807),
            sync(1, Network::Works),
            office(Act::Release, 17_447_617_037_107_142_294),
            deed(1, Deed::Contact, 9_291_263_322_829_434_250),
            deed(1, Deed::Note, 14_026_199_260_932_345_890),
            office(Act::Erase, 2_423_619_257_141_498_091),
        ],
    },
    Stored {
        broke: "a copied phone and its original took each other's device number over for ever",
        seed: 2_300,
        phones: 3,
        each_look: 0,
        page: 2,
        steps: &[
            deed(0, Deed::Poison(Poison::TooLong), 10_639_519_761_048_934_559),
            happens(0, Event::Twin),
            deed(0, Deed::Dispute, 18_003_660_991_031_035_903),
        ],
    },
    Stored {
        broke: "a restored phone delivered a new record again and showed it without what others had written in it since",
        seed: 1_883,
        phones: 2,
        each_look: 0,
        page: 2,
        steps: &[
            deed(0, Deed::Youth, 3_024_223_211_890_736_797),
            deed(1, Deed::Note, 16_530_645_175_570_351_688),
            happens(1, Event::Copy),
            sync(0, Network::ReplyCut(317)),
            deed(0, Deed::Note, 11_860_997_526_426_956_173),
            deed(0, Deed::Edit, 9_183_321_882_085_783_884),
            deed(1, Deed::Youth, 4_828_107_511_111_701_666),
            sync(1, Network::ReplyCut(679)),
            happens(1, Event::GoBack),
            deed(0, Deed::Edit, 13_477_301_036_594_969_184),
            deed(1, Deed::Contact, 9_553_898_739_224_581_293),
            sync(0, Network::Killed { answers: 2, steps: 1 }),
            sync(1, Network::Killed { answers: 3, steps: 2 }),
        ],
    },
    Stored {
        broke: "what was refused because a membership had ended was not shown when a restored server knew that membership again",
        seed: 4_860,
        phones: 4,
        each_look: 0,
        page: 2_000,
        steps: &[
            deed(2, Deed::Contact, 4_718_456_657_834_961_126),
            sync(2, Network::ReplyCut(1_775)),
            office(Act::BackUp, 1_825_210_149_254_646_921),
            office(Act::Revoke, 17_381_055_399_485_106_655),
            deed(2, Deed::Edit, 12_352_332_095_001_148_733),
            sync(2, Network::Works),
            office(Act::Restore, 8_427_702_172_419_070_362),
        ],
    },
];

const fn deed(phone: usize, deed: Deed, pick: u64) -> Step {
    Step::Deed { phone, deed, pick }
}

const fn happens(phone: usize, event: Event) -> Step {
    Step::Phone { phone, event }
}

const fn sync(phone: usize, network: Network) -> Step {
    Step::Sync { phone, network }
}

const fn office(act: Act, pick: u64) -> Step {
    Step::Office { act, pick }
}
