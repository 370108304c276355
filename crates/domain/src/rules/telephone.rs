//! Telephone numbers as people write them.

/// The most digits of a telephone number, the country's included (ITU-T E.164).
const MOST_DIGITS: usize = 15;
/// The fewest: a short number of an organisation.
const FEWEST_DIGITS: usize = 3;
/// What stands between the digits of a number as people write it.
const BETWEEN: [char; 7] = [' ', '\u{a0}', '-', '.', '/', '(', ')'];

/// The number without what people put between its digits; nothing when it holds anything else.
pub fn number(noted: &str) -> Option<String> {
    // "+31 (0)6": the nought is for whoever calls within the country.
    let noted = match noted.trim_start().starts_with('+') {
        true => noted.replace("(0)", ""),
        false => noted.to_owned(),
    };
    let kept: String = noted.chars().filter(|sign| !BETWEEN.contains(sign)).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    let is_number = digits.chars().all(|digit| digit.is_ascii_digit())
        && (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len());
    is_number.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_as_people_write_it_is_one_and_anything_else_is_none() {
        for (noted, expected) in [
            ("06 12 34 56 78", Some("0612345678")),
            ("06-12345678", Some("0612345678")),
            ("(020) 123.45.67", Some("0201234567")),
            (" +31 (0)6 1234 5678 ", Some("+31612345678")),
            ("0031\u{a0}612345678", Some("0031612345678")),
            ("112", Some("112")),
            ("", None),
            ("11", None),
            ("+", None),
            ("1234567890123456", None),
            ("06 12345678 (moeder)", None),
            ("0612345678;0687654321", None),
            ("*31#0612345678", None),
            ("06+12345678", None),
            ("٠٦١٢٣٤٥٦٧٨", None),
            ("0612345678?body=hoi", None),
        ] {
            assert_eq!(number(noted).as_deref(), expected, "{noted:?}");
        }
    }
}
