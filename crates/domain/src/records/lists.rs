//! The lists of codes: those that a municipality configures, and those whose codes the rules know.

use crate::record::{codes, lists};

lists! {
    /// What was talked about (*thema's*).
    Topics = "topics",
    /// What someone is good at (*talenten*).
    Talents = "talents",
    /// How a contact felt (*sfeer*).
    Moods = "moods",
    /// Parts of a life (*leefgebieden*).
    LifeDomains = "life_domains",
    /// Ages as seen on the street.
    AgeBands = "age_bands",
    /// Preventive or corrective (*aanpak*).
    Approaches = "approaches",
    /// Who began the contact.
    Initiatives = "initiatives",
    /// Why a contact was made.
    Purposes = "purposes",
    /// How a street contact ended.
    ContactResults = "contact_results",
    /// Who opened the door.
    DoorOpeners = "door_openers",
    /// How a doorstep talk ended.
    DoorResults = "door_results",
    /// Why the door was knocked on.
    DoorReasons = "door_reasons",
    /// Kinds of absence from school (*verzuim*).
    AbsenceKinds = "absence_kinds",
    /// How things are, in one word.
    DoorMoods = "door_moods",
    /// Whether someone goes to school.
    SchoolStates = "school_states",
    /// What someone lives on.
    IncomeStates = "income_states",
    /// Yes, no or unknown.
    YesNoUnknown = "yes_no_unknown",
    /// Methods of coaching.
    TrackMethods = "track_methods",
    /// Where a track began.
    TrackOrigins = "track_origins",
    /// Contact with police or justice, as told.
    JusticeContacts = "justice_contacts",
    /// Kinds of action.
    ActionKinds = "action_kinds",
    /// Where a contribution goes.
    ContributionTargets = "contribution_targets",
    /// What a person is to a youth.
    KeyPersonRoles = "key_person_roles",
    /// How strong a tie is.
    TieStrengths = "tie_strengths",
    /// By which means a message went.
    Channels = "channels",
    /// The municipality's neighbourhoods.
    Districts = "districts",
    /// In which capacity someone takes part in a round.
    RoundRoles = "round_roles",
    /// Under which hat a joint round is walked.
    Hats = "hats",
    /// Kinds of accompaniment.
    AccompanimentKinds = "accompaniment_kinds",
    /// Kinds of talk.
    TalkKinds = "talk_kinds",
    /// Kinds of partner organisation.
    PartnerKinds = "partner_kinds",
    /// Whether a person concerned was informed: yes, no, not yet.
    Informed = "informed",
}

codes! {
    /// On what a statement rests.
    Basis in "bases" {
        /// Seen by the author.
        Observed = "observed",
        /// Heard from somebody.
        Hearsay = "hearsay",
        /// The author's own judgement.
        Judgement = "judgement",
    }
}

codes! {
    /// How far a track of the Rode loper has come.
    Phase in "phases" {
        /// Finding and winning trust.
        Scout = "scout",
        /// Getting to know all life domains.
        Scan = "scan",
        /// Linking to what helps.
        Match = "match",
        /// Making it last (*borg*).
        Secure = "secure",
    }
}

codes! {
    /// What has become of a quick note.
    NoteState in "note_states" {
        /// To be processed.
        Inbox = "inbox",
        /// Put where it belongs.
        Processed = "processed",
        /// Thrown away.
        Discarded = "discarded",
    }
}

codes! {
    /// What has become of something to do or to reach.
    WorkState in "work_states" {
        /// To be done.
        Open = "open",
        /// Being worked on.
        Active = "active",
        /// Done.
        Done = "done",
        /// No longer wanted.
        Dropped = "dropped",
    }
}

codes! {
    /// Whether a round is walked alone or together.
    RoundKind in "round_kinds" {
        /// One coach.
        Solo = "solo",
        /// Two or more, of one organisation or several.
        Joint = "joint",
    }
}

codes! {
    /// What a place offers.
    SpotKind in "spot_kinds" {
        /// A place with chances (*kanslocatie*).
        Opportunity = "opportunity",
        /// A place with nuisance (*overlastlocatie*).
        Nuisance = "nuisance",
    }
}

codes! {
    /// Where an address on tonight's list stands.
    VisitState in "visit_states" {
        /// Still to be visited.
        Open = "open",
        /// Visited.
        Visited = "visited",
        /// Taken off the list.
        Dropped = "dropped",
    }
}

codes! {
    /// What has become of an amount of the flexible budget.
    BudgetState in "budget_states" {
        /// Asked for.
        Requested = "requested",
        /// Allowed.
        Approved = "approved",
        /// Not allowed.
        Refused = "refused",
        /// Paid.
        Spent = "spent",
    }
}

codes! {
    /// What has become of a referral.
    ReferralState in "referral_states" {
        /// On its way.
        Sent = "sent",
        /// Taken on.
        Accepted = "accepted",
        /// Not taken on.
        Refused = "refused",
        /// Finished.
        Done = "done",
    }
}

codes! {
    /// To whom a referral goes.
    ReferralKind in "referral_kinds" {
        /// To a casemanager of the municipality.
        Internal = "internal",
        /// To a partner outside, which needs a ground.
        External = "external",
    }
}

codes! {
    /// Whether a planned talk took place.
    TalkState in "talk_states" {
        /// Asked.
        Invited = "invited",
        /// It took place.
        Held = "held",
        /// It did not.
        NotHeld = "not_held",
    }
}
