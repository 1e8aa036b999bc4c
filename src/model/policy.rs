//! Row-level security policies.

use super::{Expect, Object, Special, object, word_value};
use crate::sql::{self, Cursor};
use crate::value::{Expression, Name, NameSet, words};

words! {
    /// What a policy is for.
    pub enum Command {
        /// Every command.
        All = "all",
        /// `SELECT`.
        Select = "select",
        /// `INSERT`.
        Insert = "insert",
        /// `UPDATE`.
        Update = "update",
        /// `DELETE`.
        Delete = "delete",
    }
}

words! {
    /// How a policy combines with others.
    pub enum Combination {
        /// One permissive policy is enough.
        Permissive = "permissive",
        /// Every restrictive policy must hold.
        Restrictive = "restrictive",
    }
}

word_value!(Command, Combination);

object! {
    /// A row-level security policy.
    pub struct Policy: "policy" {
        /// The command that it is for: `all`, `select`, `insert`, `update` or `delete`.
        r#for: Expect<Command> = Command::All,
        /// The roles that it is for, in any order; `public` is everybody.
        to: Expect<NameSet> = NameSet::of(["public"]),
        /// How it combines with others: `permissive` or `restrictive`.
        r#as: Expect<Combination> = Combination::Permissive,
        /// Which rows can be seen, changed or deleted.
        using: Expect<Option<Expression>> = None,
        /// Which rows can be written.
        with_check: Expect<Option<Expression>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

/// A role's name.
fn role(cursor: &mut Cursor<'_>) -> Result<String, String> {
    const WHOEVER: [&str; 3] = ["current_user", "current_role", "session_user"];
    match WHOEVER.into_iter().find(|word| cursor.sees(word)) {
        Some(word) => {
            Err(format!("`{word}` is whoever makes the policy: write the name of the role"))
        }
        None => cursor.word("role"),
    }
}

impl Special for Policy {
    const LIST_HOLDS_SHAPES: bool = true;
    const LONGEST_SHORT: Option<usize> = Some(100);

    /// `[AS combination] [FOR command] [TO role, …] [USING (expression)] [WITH CHECK (expression)]`, or a whole
    /// `CREATE POLICY`.
    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut policy = Self::plain();
        if cursor.take("create") {
            cursor.expect("policy")?;
            cursor.word("name")?;
            cursor.expect("on")?;
            Name::read(&mut cursor)?;
        }
        while !cursor.at_end() {
            if cursor.take("as") {
                cursor.once("as")?;
                policy.r#as = Expect::Is(cursor.one_of(Combination::WORDS)?);
            } else if cursor.take("for") {
                cursor.once("for")?;
                policy.r#for = Expect::Is(cursor.one_of(Command::WORDS)?);
            } else if cursor.take("to") {
                cursor.once("to")?;
                let mut roles = vec![role(&mut cursor)?];
                while cursor.take_symbol(",") {
                    roles.push(role(&mut cursor)?);
                }
                policy.to = Expect::Is(NameSet::from(roles));
            } else if cursor.take("using") {
                cursor.once("using")?;
                policy.using = Expect::Is(Some(cursor.group("expression")?.parse()?));
            } else if cursor.take("with check") {
                cursor.once("with check")?;
                policy.with_check = Expect::Is(Some(cursor.group("expression")?.parse()?));
            } else {
                cursor.finish()?;
            }
        }
        Ok(policy)
    }

    /// What is for everybody is for nobody else.
    fn conclude(&mut self) {
        if self.to.said().is_some_and(|roles| roles.names().iter().any(|role| role == "public")) {
            self.to = Expect::Is(NameSet::of(["public"]));
        }
    }

    fn short(&self) -> Option<String> {
        let mut clauses = Vec::new();
        if let Some(combination) = self.r#as.said().filter(|it| **it != Combination::Permissive) {
            clauses.push(format!("as {combination}"));
        }
        if let Some(command) = self.r#for.said().filter(|command| **command != Command::All) {
            clauses.push(format!("for {command}"));
        }
        if let Some(roles) = self.to.said().filter(|roles| **roles != NameSet::of(["public"])) {
            let roles: Vec<_> = roles.names().iter().map(|role| sql::quote(role)).collect();
            clauses.push(format!("to {}", roles.join(", ")));
        }
        for (word, expression) in [("using", &self.using), ("with check", &self.with_check)] {
            if let Some(Some(expression)) = expression.said() {
                clauses.push(format!("{word} ({expression})"));
            }
        }
        Some(if clauses.is_empty() { "for all".to_owned() } else { clauses.join(" ") })
    }
}
