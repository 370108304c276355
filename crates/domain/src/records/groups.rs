//! Groups of young people.

use super::rounds::Spot;
use crate::record::{Code, Codes, Count, Text, lists, record};

lists! {
    /// Steps of the seven-step model for problematic youth groups.
    GroupSteps = "group_steps",
}

record! {
    /// A group that is seen together (*jeugdgroep*). In step 2A it is described without names.
    YouthGroup in "youth_group", search ["name"] {
        /// What it is called.
        name: Option<Text>,
        /// Where it meets, by the spots' identifiers.
        spots: Codes<Spot>,
        /// About how many.
        estimated_size: Option<Count>,
        /// The step of the seven-step model.
        step: Option<Code<GroupSteps>>,
        /// The young people in it, by their identifiers; none in step 2A.
        members: Codes<super::youths::Youth>,
    }
}
