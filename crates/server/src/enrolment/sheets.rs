//! Invitations on paper: a sheet for each person, with the QR code, what to do, and what to type where it cannot be
//! scanned. One HTML file that asks nothing of any network.

use super::PrintedInvitation;
use crate::admin::AdminError;
use drempel_domain::time::Day;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Millimetres are the printer's; on paper each module of the code is then large enough for any camera.
const QR_PIXELS: u32 = 320;

const OPENING: &str = r#"<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<title>Uitnodigingen voor Drempel</title>
<style>
  @page { size: A4; margin: 18mm; }
  body { font: 12pt/1.5 system-ui, sans-serif; color: #000; background: #fff; margin: 0; }
  section { break-after: page; max-width: 170mm; margin: 0 auto; padding: 10mm 0; }
  h1 { font-size: 22pt; line-height: 1.2; margin: 0 0 4mm; }
  svg { display: block; width: 70mm; height: 70mm; margin: 4mm 0; }
  code { font: 13pt/1.6 ui-monospace, monospace; overflow-wrap: anywhere; }
  li { margin-bottom: 2mm; }
</style>
</head>
<body>
"#;

const STEPS: &str = r#"<ol>
<li>Open de app Drempel op uw telefoon. Kies <b>Uitnodiging scannen</b> en houd de camera op deze code.</li>
<li>Kies een toegangscode voor uw telefoon. Die kent alleen u: de gemeente kan hem niet opzoeken.</li>
<li>Uw telefoon toont zes groepen van vier cijfers. Lees die voor aan de beheerder. Pas als de beheerder ze heeft
vergeleken, doet uw telefoon mee.</li>
</ol>
"#;

const CLOSING: &str = "<p>Deze uitnodiging is alleen voor u en werkt één keer. Geef het blad aan niemand anders, maak er geen \
                       foto van en versnipper het na gebruik. Bent u het kwijt? Zeg het de beheerder.</p>\n";

/// The sheets for these people, each on a page of its own.
///
/// # Errors
/// [`AdminError::TooLongForPaper`] where an address is too long for a QR code.
pub fn invitation_sheets(invitations: &[PrintedInvitation]) -> Result<String, AdminError> {
    let mut page = OPENING.to_owned();
    for invitation in invitations {
        add_sheet(&mut page, invitation)?;
    }
    page.push_str("</body>\n</html>\n");
    Ok(page)
}

fn add_sheet(page: &mut String, printed: &PrintedInvitation) -> Result<(), AdminError> {
    let PrintedInvitation {
        name,
        invitation,
        until,
    } = printed;
    page.extend([
        "<section>\n<h1>Drempel op uw telefoon</h1>\n<p>Voor <b>",
        &escaped(name),
    ]);
    page.extend(["</b>. Geldig tot ", &in_dutch(until.local_day()), ".</p>\n"]);
    page.push_str(&picture(&invitation.expose_text())?);
    page.push_str(STEPS);
    page.push_str(
        "<p>Kan de camera de code niet lezen? Kies dan <b>Code typen</b> en vul in:</p>\n<p>Adres: <code>",
    );
    page.push_str(&escaped(invitation.address().as_str()));
    page.extend([
        "</code><br>Code: <code>",
        &invitation.expose_code(),
        "</code></p>\n",
    ]);
    page.push_str(CLOSING);
    page.push_str("</section>\n");
    Ok(())
}

/// The QR code of a text as SVG that can stand within HTML.
fn picture(text: &str) -> Result<String, AdminError> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| AdminError::TooLongForPaper)?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(QR_PIXELS, QR_PIXELS)
        .build();
    // The declaration of XML before it belongs in no HTML.
    let begin = drawn.find("<svg").unwrap_or(0);
    Ok([drawn.get(begin..).unwrap_or_default(), "\n"].concat())
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A day as people write it: 5 maart 2026.
fn in_dutch(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let text = day.to_string();
    let mut parts = text.splitn(3, '-');
    let (year, month, date) = (parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
    let month = number(month).and_then(|month| MONTHS.get(month.saturating_sub(1)).copied());
    match (number(date), month, year) {
        (Some(date), Some(month), Some(year)) => [&date.to_string(), " ", month, " ", year].concat(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_domain::time::Moment;
    use drempel_sealing::invitation::Invitation;
    use drempel_sealing::randomness::Randomness;

    #[test]
    fn a_sheet_says_for_whom_until_when_and_what_to_type_and_its_picture_is_the_invitation() {
        let address = "https://drempel.example.nl".parse().unwrap();
        let printed = PrintedInvitation {
            name: "Ana <b> & \"Bo\"".to_owned(),
            invitation: Invitation::generate(address, &mut Randomness::repeatable([3; 32])),
            until: "2026-03-05T09:00:00.000Z".parse::<Moment>().unwrap(),
        };
        let page = invitation_sheets(std::slice::from_ref(&printed)).unwrap();
        for said in [
            "Voor <b>Ana &lt;b&gt; &amp; &quot;Bo&quot;</b>. Geldig tot 5 maart 2026.",
            "<code>https://drempel.example.nl</code>",
            "<code>RNKA-32BM-RV2Z-P67Z-4E4Q-QEY4-436</code>",
        ] {
            assert!(page.contains(said), "{said}");
        }
        assert!(page.contains(&picture(&printed.invitation.expose_text()).unwrap()));
        for never in ["<?xml", "<script", "http://", "<link", "<img"] {
            let without_names = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!without_names.contains(never), "{never}");
        }
    }
}
