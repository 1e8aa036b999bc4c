//! Points in time.

use std::fmt;
use std::str::FromStr;

use super::serde_by_text;

/// A point in time in UTC, or `-infinity`, which is before all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment(String);

serde_by_text!(Moment, "a date, with or without a time, in UTC");

impl FromStr for Moment {
    type Err = String;

    /// `2030-12-31`, `2030-12-31 18:00`, `2030-12-31T18:00:00Z`, `2030-12-31 18:00:00+00`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no date with a time in UTC, such as 2030-12-31 or 2030-12-31 18:00:00"
            )
        };
        if text == "-infinity" {
            return Ok(Self(text.to_owned()));
        }
        let plain = ["Z", "z", "+00:00", "+00", " UTC"]
            .iter()
            .find_map(|zone| text.trim().strip_suffix(zone))
            .unwrap_or(text.trim());
        let (date, time) = plain.split_once([' ', 'T', 't']).unwrap_or((plain, "00:00:00"));
        let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
        let fraction = fraction.trim_end_matches('0');
        let numbers = |text: &str, by: char, lengths: &[usize]| -> Option<Vec<u32>> {
            let parts: Vec<&str> = text.split(by).collect();
            let fits = parts.iter().map(|part| part.len()).eq(lengths.iter().copied());
            let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == by as u8);
            if !fits || !digits {
                return None;
            }
            parts.iter().map(|part| part.parse().ok()).collect()
        };
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // The year has more digits from 10000 on.
        let (year, day) = date.split_once('-').unwrap_or_default();
        let day = numbers(day, '-', &[2, 2]).filter(|_| year.len() >= 4 && is_number(year));
        let seconds = numbers(time, ':', &[2, 2, 2]).or_else(|| numbers(time, ':', &[2, 2]));
        match (day.as_deref(), seconds.filter(|_| is_number(fraction)).as_deref()) {
            (Some([1..=12, 1..=31]), Some([0..=23, 0..=59] | [0..=23, 0..=59, 0..=59])) => {
                let seconds = if time.len() == 5 { ":00" } else { "" };
                let point = if fraction.is_empty() { "" } else { "." };
                Ok(Self(format!("{date} {time}{seconds}{point}{fraction}")))
            }
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_second_has_one_form() {
        for (text, moment) in [
            ("-infinity", "-infinity"),
            ("2030-12-31", "2030-12-31 00:00:00"),
            ("2030-12-31 18:05", "2030-12-31 18:05:00"),
            ("2030-12-31T18:05:09Z", "2030-12-31 18:05:09"),
            ("2030-12-31 18:05:09+00", "2030-12-31 18:05:09"),
            ("2030-12-31 18:05:09 UTC", "2030-12-31 18:05:09"),
            ("2030-12-31 18:05:09.250000", "2030-12-31 18:05:09.25"),
            ("2030-12-31 18:05:09.000", "2030-12-31 18:05:09"),
            ("10000-01-01 04:59:59", "10000-01-01 04:59:59"),
        ] {
            assert_eq!(text.parse(), Ok(Moment(moment.to_owned())), "{text}");
        }
        for text in [
            "",
            "soon",
            "infinity",
            "2030-13-31",
            "2030-12-31 24:00",
            "2030-12-31 18:00:00+02",
            "30-1-1",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }
}
