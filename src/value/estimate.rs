//! What the planner is told of a function.

use std::fmt;
use std::str::FromStr;

use super::serde_by_text;

/// A number as the catalogs keep it, in single precision: `0.0025`, `1e3`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate(pub f32);

serde_by_text!(Estimate, "a number");

impl FromStr for Estimate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number: Option<f32> = text.trim().parse().ok();
        number
            .filter(|number| !number.is_nan())
            .map(Self)
            .ok_or_else(|| format!("`{text}` is no number"))
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
