//! Young people.

use super::lists::{AgeBands, Districts, IncomeStates, SchoolStates, Talents, WorkState, YesNoUnknown};
use crate::record::{BirthDay, Code, Codes, EventDay, Text, record};

record! {
    /// A young person, as known in one space (*jongere*). Known in two spaces, two records.
    Youth in "youth", search ["nickname", "given_name", "family_name"] {
        /// What friends call them (*roepnaam*, *straatnaam*).
        nickname: Option<Text>,
        /// Given name.
        given_name: Option<Text>,
        /// Family name.
        family_name: Option<Text>,
        /// Day of birth.
        birth_date: Option<BirthDay>,
        /// About how old, where the day of birth is not known.
        age_band: Option<Code<AgeBands>>,
        /// The neighbourhood.
        district: Option<Code<Districts>>,
        /// The address.
        address: Option<Text>,
        /// The phone number.
        phone: Option<Text>,
        /// Citizen service number: leerplicht only (art. 19 Leerplichtwet; art. 46 UAVG).
        bsn: Option<Text>,
        /// Whether they go to school.
        school_state: Option<Code<SchoolStates>>,
        /// Whether they have a starting qualification (*startkwalificatie*).
        basic_qualification: Option<Code<YesNoUnknown>>,
        /// What they live on.
        income_state: Option<Code<IncomeStates>>,
        /// Whether another professional leads; yes suggests to stay in the background.
        other_lead_professional: Option<Code<YesNoUnknown>>,
        /// The day on which was explained that all this is voluntary.
        voluntary_explained_on: Option<EventDay>,
        /// The day on which was told what is kept.
        informed_on: Option<EventDay>,
        /// What they are good at.
        talents: Codes<Talents>,
        /// Whether they are still followed.
        status: Option<WorkState>,
        /// The day on which their case was closed.
        closed_on: Option<EventDay>,
    }
}
