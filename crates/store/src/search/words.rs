//! Texts as words: without capitals, accents and letters that a keyboard does not have.

use std::borrow::Cow;

/// The most words of a query that count.
const MOST_WORDS: usize = 8;
/// The most characters of a word that count.
const LONGEST_WORD: usize = 48;
/// Letters from here on are taken as they are in texts, and as blanks in queries: the index splits words at letters
/// that are younger than itself, and a query must split them alike.
const FIRST_YOUNG_LETTER: char = '\u{1c80}';

/// The text with plain letters: `Karataş` becomes `karatas`, `Yılmaz` becomes `yilmaz`.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letters(letter) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(letter),
        }
    }
    Cow::Owned(plain)
}

/// The words of a query, in the form in which the index has them.
pub(super) fn words(query: &str) -> Vec<String> {
    plain(query)
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric() || letter >= FIRST_YOUNG_LETTER)
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect()
}

/// What stands for a lower-case letter with a mark, or for the mark itself.
fn letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ'..='ặ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_marks() {
        for (text, expected) in [
            ("Karataş", "karatas"),
            ("Yılmaz İnci", "yilmaz inci"),
            ("Łukasz Øst", "lukasz ost"),
            ("e\u{301}e\u{301}n", "een"),
            ("Nguyễn", "nguyen"),
            ("Weißß", "weissss"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn a_query_is_words_in_lower_case() {
        assert_eq!(
            words("  Jan-Piet, 'O\"Neil* AND (x) "),
            ["jan", "piet", "o", "neil", "and", "x"]
        );
        assert_eq!(words("--- * \""), Vec::<String>::new());
        assert_eq!(words(&"a ".repeat(20)).len(), MOST_WORDS);
    }
}
