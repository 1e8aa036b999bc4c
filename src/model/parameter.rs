//! Parameters of the server.

use super::{Expect, Meaning, Special, object};
use crate::value::Grants;

object! {
    /// Privileges on a parameter (PostgreSQL 15), such as `work_mem`. They belong to the whole server and are, as roles,
    /// compared only where a spec writes `parameters:`, also in a strict one; a snapshot holds them only with `--roles`.
    pub struct Parameter: "parameter" {
        /// Who may `set` it, where that is not everybody's, and who may change it by `alter system` (PostgreSQL 15).
        grants: Expect<Grants> = Grants::default(),
    }
}

impl Special for Parameter {
    const OF_THE_SERVER: bool = true;

    /// Those of PostgreSQL have no case.
    fn is_named(written: &str, actual: &str, _schema: &str, _names: &Meaning<'_>) -> bool {
        written.eq_ignore_ascii_case(actual)
    }
}
