//! Back at the office: both phones and the municipality become one, and the value that lost is put back.

use super::story::Story;
use crate::player::PlayError;
use crate::player::phone::Phone;
use drempel_client::Client;
use drempel_client::views::KeptValue;
use drempel_domain::id::Id;
use drempel_domain::record::{Code, List};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::youths::Youth;
use drempel_domain::value::Value;
use drempel_store::Query;

/// Tells it.
pub(super) async fn tell(story: &mut Story<'_>) -> Result<(), PlayError> {
    meet(story).await?;
    agree(story)?;
    see_what_lost(story)?;
    put_back(story).await
}

async fn meet(story: &mut Story<'_>) -> Result<(), PlayError> {
    let waiting = [story.ana.with(Client::waiting)?, story.bo.with(Client::waiting)?];
    let [ana, bo] = waiting;
    story.at(
        "21:00",
        "Op kantoor, met bereik. Eerst Bo, dan Ana, dan Bo nog eens.",
    )?;
    story.also(&format!(
        "Wat er klaarstaat: {bo} wijzigingen op de telefoon van Bo, {ana} op die van Ana."
    ))?;
    let reports = [
        story.bo.synchronise().await?,
        story.ana.synchronise().await?,
        story.bo.synchronise().await?,
    ];
    let delivered: usize = reports.iter().map(|report| report.delivered).sum();
    let rounds: u32 = reports.iter().map(|report| report.rounds).sum();
    let all = u64::try_from(delivered).is_ok_and(|delivered| delivered == ana + bo);
    let complete = reports
        .iter()
        .all(|report| report.complete && report.quarantined == 0);
    story.see(
        all && complete,
        &format!("alles is bij de gemeente: {delivered} wijzigingen, in {rounds} keer heen en weer"),
    )?;
    let left = story.ana.with(Client::waiting)? + story.bo.with(Client::waiting)?;
    story.see(left == 0, "op geen van beide telefoons staat nog iets klaar")
}

fn agree(story: &mut Story<'_>) -> Result<(), PlayError> {
    let digests = story.digests()?;
    story.also(&format!("gemeente        {}", digests[0]))?;
    story.also(&format!("telefoon Ana    {}", digests[1]))?;
    story.also(&format!("telefoon Bo     {}", digests[2]))?;
    story.see(
        digests[0] == digests[1] && digests[1] == digests[2],
        "alle drie hebben precies hetzelfde",
    )?;
    let contacts = [contacts(&story.ana)?, contacts(&story.bo)?];
    story.see(
        contacts == [2, 2],
        "de twee contacten van vanavond staan op allebei de telefoons",
    )?;
    let noors = [noor(&story.ana, story.noor()?)?, noor(&story.bo, story.noor()?)?];
    story.see(
        noors[0] == noors[1],
        "het dossier van Noor is op allebei hetzelfde",
    )?;
    let [noor, _] = noors;
    let both = noor.phone.is_some() && is(noor.district.as_ref(), "molenveld");
    story.see(both, "het nummer van Bo en de wijk van Ana staan er allebei in")?;
    story.see(
        is(noor.school_state.as_ref(), "attending"),
        "bij school staat wat het laatst is gezet: ‘gaat naar school’",
    )
}

fn contacts(phone: &Phone) -> Result<u64, PlayError> {
    phone.with(|client| {
        client
            .store()
            .read(|reader| reader.count(&Query::of::<StreetContact>()))
    })
}

fn noor(phone: &Phone, noor: Id<Youth>) -> Result<Youth, PlayError> {
    Ok(phone.with(|client| client.open_record(noor))?.record)
}

fn is<L: List>(code: Option<&Code<L>>, expected: &str) -> bool {
    code.is_some_and(|code| code.as_str() == expected)
}

/// The value of Bo's that lost, as a phone shows it.
fn lost(phone: &Phone) -> Result<Option<KeptValue>, PlayError> {
    let of_bo = |kept: &KeptValue| {
        kept.kept.field.as_deref() == Some("school_state") && kept.kept.value == Some(Value::from("enrolled"))
    };
    Ok(phone.with(Client::overwritten)?.into_iter().find(of_bo))
}

fn see_what_lost(story: &mut Story<'_>) -> Result<(), PlayError> {
    story.at("21:05", "Wat Bo had gezet is overschreven. Kwijt is het niet.")?;
    let bo = Some(story.bo.with(Client::person)?.id);
    let ana = Some(story.ana.with(Client::person)?.id);
    for (who, kept) in [("Ana", lost(&story.ana)?), ("Bo", lost(&story.bo)?)] {
        let shown = kept.is_some_and(|kept| kept.kept.author == bo && kept.kept.winner == ana);
        story.see(
            shown,
            &format!("{who} ziet: ‘ingeschreven’, gezet door Bo, overschreven door Ana"),
        )?;
    }
    Ok(())
}

async fn put_back(story: &mut Story<'_>) -> Result<(), PlayError> {
    story.at(
        "21:08",
        "Ze overleggen: Bo heeft gelijk. Bo zet zijn waarde terug, Ana haalt het op.",
    )?;
    let kept = lost(&story.bo)?.ok_or_else(|| PlayError::line("there is nothing to put back"))?;
    let saved = story.bo.with(|client| client.put_back(kept.id))?;
    story.see(
        saved.touched.len() == 1,
        "teruggezet als een nieuwe wijziging van Bo",
    )?;
    story.bo.synchronise().await?;
    story.ana.synchronise().await?;
    let id = story.noor()?;
    let enrolled = |youth: &Youth| is(youth.school_state.as_ref(), "enrolled");
    let both = enrolled(&noor(&story.ana, id)?) && enrolled(&noor(&story.bo, id)?);
    story.see(both, "op allebei de telefoons staat nu ‘ingeschreven’")?;
    let digests = story.digests()?;
    story.see(
        digests[0] == digests[1] && digests[1] == digests[2],
        &format!("alle drie hebben weer precies hetzelfde: {}", digests[0]),
    )
}
