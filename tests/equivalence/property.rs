//! Random expressions, each in two random spellings, which must be the same; and with one leaf changed, which must be
//! neither the same nor equivalent.

use schemavet::equivalence::{Equivalence, Verdict};

use super::{Outcome, Server, on_accounts, settle};

const CASES: u64 = 500;

/// Small, and the same everywhere: a failure names its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap_or(0) % limit
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// An expression; spellings of one value are `|`-separated choices of the same meaning.
#[derive(Debug, Clone)]
enum Expr {
    Compare(usize, Box<Expr>, Box<Expr>),
    Number(u32),
    Text(u32),
    NumberColumn(usize),
    TextColumn(usize),
    Sum(Box<Expr>, Box<Expr>),
    Function(usize, Box<Expr>),
    Cast(Box<Expr>),
    In(bool, Box<Expr>, Vec<u32>),
    Between(Box<Expr>, u32, u32),
    IsNull(bool, Box<Expr>),
    Status(usize, usize),
    Exists(usize, u32),
    Not(Box<Expr>),
    Many(bool, Vec<Expr>),
}

const COMPARE: [&[&str]; 6] = [&["="], &["<>", "!="], &["<"], &["<="], &[">"], &[">="]];
const NUMBERS: [&str; 3] = ["age", "lvl", "small"];
const TEXTS: [&str; 4] = ["role", "email", "username", "first_name"];
const FUNCTIONS: [&str; 4] = ["lower", "upper", "btrim", "reverse"];
const STATUS: [&str; 4] = ["pending", "active", "done", "blocked"];
const ROLES: [&str; 3] = ["user_id", "org_id", "role::uuid"];

struct Maker {
    random: Random,
    /// Each literal of an expression is unlike the others, so that no change can be undone by a neighbour.
    literal: u32,
}

impl Maker {
    fn literal(&mut self) -> u32 {
        self.literal += 1;
        self.literal
    }

    fn boolean(&mut self, depth: usize) -> Expr {
        let choice = self.random.below(if depth == 0 { 6 } else { 9 });
        match choice {
            0 => {
                let (left, right) = (self.number(depth.min(1)), Expr::Number(self.literal()));
                Expr::Compare(self.random.below(6), Box::new(left), Box::new(right))
            }
            1 => {
                let (left, right) = (self.text(depth.min(1)), Expr::Text(self.literal()));
                Expr::Compare(self.random.below(6), Box::new(left), Box::new(right))
            }
            2 => {
                let list = (0..2 + self.random.below(3)).map(|_| self.literal()).collect();
                Expr::In(self.random.below(2) == 0, Box::new(self.text(0)), list)
            }
            3 => Expr::Between(Box::new(self.number(0)), self.literal(), self.literal()),
            4 => {
                let inner =
                    Expr::Sum(Box::new(self.number(0)), Box::new(Expr::Number(self.literal())));
                Expr::IsNull(self.random.below(2) == 0, Box::new(inner))
            }
            5 if depth > 0 => Expr::Exists(self.random.below(3), self.literal()),
            5 => {
                let comparison = Expr::Status(self.random.below(6), self.random.below(4));
                // A second such comparison could be its twin; the literal keeps them apart.
                let own = Expr::IsNull(true, Box::new(Expr::Number(self.literal())));
                Expr::Many(true, vec![comparison, own])
            }
            6 => Expr::Not(Box::new(self.boolean(depth - 1))),
            _ => {
                let items =
                    (0..2 + self.random.below(2)).map(|_| self.boolean(depth - 1)).collect();
                Expr::Many(choice == 7, items)
            }
        }
    }

    fn number(&mut self, depth: usize) -> Expr {
        match self.random.below(if depth == 0 { 1 } else { 2 }) {
            0 => Expr::NumberColumn(self.random.below(3)),
            _ => {
                Expr::Sum(Box::new(self.number(depth - 1)), Box::new(Expr::Number(self.literal())))
            }
        }
    }

    fn text(&mut self, depth: usize) -> Expr {
        match self.random.below(if depth == 0 { 1 } else { 3 }) {
            0 => Expr::TextColumn(self.random.below(4)),
            1 => Expr::Cast(Box::new(self.number(depth - 1))),
            _ => Expr::Function(self.random.below(4), Box::new(self.text(depth - 1))),
        }
    }

    /// Changes the leaf at `at`, counted in the order of reading; otherwise says how many there were.
    fn mutate(&mut self, expr: &mut Expr, at: &mut usize) -> bool {
        if *at == 0 {
            *at = usize::MAX;
            self.change(expr);
            return true;
        }
        *at -= 1;
        match expr {
            Expr::Compare(_, one, other) | Expr::Sum(one, other) => {
                self.mutate(one, at) || self.mutate(other, at)
            }
            Expr::Function(_, inner)
            | Expr::Cast(inner)
            | Expr::IsNull(_, inner)
            | Expr::Not(inner) => self.mutate(inner, at),
            Expr::In(_, inner, _) | Expr::Between(inner, ..) => self.mutate(inner, at),
            Expr::Many(_, items) => items.iter_mut().any(|item| self.mutate(item, at)),
            _ => false,
        }
    }

    fn change(&mut self, expr: &mut Expr) {
        let fresh = self.literal();
        let other = |random: &mut Random, old: usize, count: usize| {
            (old + 1 + random.below(count - 1)) % count
        };
        match expr {
            Expr::Compare(operator, ..) => *operator = other(&mut self.random, *operator, 6),
            Expr::Number(literal) | Expr::Text(literal) | Expr::Exists(_, literal) => {
                *literal = fresh;
            }
            Expr::NumberColumn(column) => *column = other(&mut self.random, *column, 3),
            Expr::TextColumn(column) => *column = other(&mut self.random, *column, 4),
            Expr::Sum(one, _) => **one = Expr::Sum(one.clone(), Box::new(Expr::Number(fresh))),
            Expr::Function(function, _) => *function = other(&mut self.random, *function, 4),
            Expr::Cast(inner) => *expr = Expr::Function(0, Box::new(Expr::Cast(inner.clone()))),
            Expr::In(positive, _, list) => match self.random.below(3) {
                0 => *positive = !*positive,
                1 => list.push(fresh),
                _ => list[0] = fresh,
            },
            Expr::Between(_, low, high) => {
                *(if self.random.below(2) == 0 { low } else { high }) = fresh;
            }
            Expr::IsNull(null, _) => *null = !*null,
            Expr::Status(operator, value) => match self.random.below(2) {
                0 => *operator = other(&mut self.random, *operator, 6),
                _ => *value = other(&mut self.random, *value, 4),
            },
            Expr::Not(inner) => *expr = (**inner).clone(),
            Expr::Many(and, items) => match self.random.below(3) {
                0 => *and = !*and,
                1 => drop(items.pop()),
                _ => *expr = Expr::Not(Box::new(expr.clone())),
            },
        }
    }
}

/// One of the ways to write it.
fn spell(expr: &Expr, random: &mut Random) -> String {
    let blank =
        |random: &mut Random| random.pick(&[" ", "  ", "\n", " /* ) ; ' */ ", " -- it's\n"]);
    let literal = |number: u32, random: &mut Random| match random.below(4) {
        0 => format!("'v{number}'::text"),
        1 => format!("E'\\x76{number}'"),
        2 => format!("$q$v{number}$q$"),
        _ => format!("'v{number}'"),
    };
    let column = |name: &str, random: &mut Random| match random.below(5) {
        0 => format!("accounts.{name}"),
        1 => format!("public.accounts.\"{name}\""),
        2 => format!("\"{name}\""),
        3 => name.to_uppercase(),
        _ => name.to_owned(),
    };
    let status = |value: usize, random: &mut Random| match random.below(3) {
        0 => format!("'{}'::public.onboarding_status", STATUS[value]),
        1 => format!("cast('{}' as onboarding_status)", STATUS[value]),
        _ => format!("'{}'", STATUS[value]),
    };
    let text = match expr {
        Expr::Compare(operator, one, other) => {
            let (one, other) = (spell(one, random), spell(other, random));
            format!(
                "({one}){}{}{}({other})",
                blank(random),
                random.pick(COMPARE[*operator]),
                blank(random)
            )
        }
        Expr::Number(number) => number.to_string(),
        Expr::Text(number) => literal(*number, random),
        Expr::NumberColumn(number) => column(NUMBERS[*number], random),
        Expr::TextColumn(number) => column(TEXTS[*number], random),
        Expr::Sum(one, other) => {
            format!("{}+{}{}", spell(one, random), blank(random), spell(other, random))
        }
        Expr::Function(function, inner) => {
            let schema = random.pick(&["", "pg_catalog.", "PG_CATALOG . "]);
            format!("{schema}{}({})", FUNCTIONS[*function], spell(inner, random))
        }
        Expr::Cast(inner) => match random.below(2) {
            0 => format!("({})::text", spell(inner, random)),
            _ => format!("CAST({} AS pg_catalog.text)", spell(inner, random)),
        },
        Expr::In(positive, inner, list) => {
            let inner = spell(inner, random);
            let list: Vec<String> = list.iter().map(|number| literal(*number, random)).collect();
            let list = list.join(",");
            match (positive, random.below(2)) {
                (true, 0) => format!("{inner} IN ({list})"),
                (true, _) => format!("{inner} = ANY (ARRAY[{list}])"),
                (false, 0) => format!("{inner} not in ({list})"),
                (false, _) => format!("{inner} <> all (array[{list}]::text[])"),
            }
        }
        Expr::Between(inner, low, high) => match random.below(2) {
            0 => format!("{} between {low} and {high}", spell(inner, random)),
            _ => format!(
                "({} >= {low} and {} <= {high})",
                spell(inner, random),
                spell(inner, random)
            ),
        },
        Expr::IsNull(null, inner) => {
            let words = if *null { ["is null", "ISNULL"] } else { ["is not null", "NOTNULL"] };
            format!("({}) {}", spell(inner, random), random.pick(&words))
        }
        Expr::Status(operator, value) => {
            format!("status {} {}", random.pick(COMPARE[*operator]), status(*value, random))
        }
        Expr::Exists(column, number) => {
            let alias = random.pick(&["m", "x", "memberships"]);
            let column = ROLES[*column];
            format!(
                "exists (select 1 from {}memberships {alias} where {alias}.{column} = accounts.id and {alias}.role = {})",
                random.pick(&["", "public."]),
                literal(*number, random)
            )
        }
        Expr::Not(inner) => format!("not{}({})", blank(random), spell(inner, random)),
        Expr::Many(and, items) => {
            let word = if *and { ["and", "AND"] } else { ["or", "OR"] };
            let items: Vec<String> =
                items.iter().map(|item| format!("({})", spell(item, random))).collect();
            items.join(&format!("{}{} ", blank(random), random.pick(&word)))
        }
    };
    if random.below(4) == 0 { format!("({text}{})", blank(random)) } else { text }
}

#[tokio::test]
async fn spellings_are_the_same_and_changes_are_not() -> Outcome {
    let server = Server::start().await?;
    let mut session = server.session().await?;
    let first: u64 = std::env::var("SCHEMAVET_TEST_SEED").map_or(Ok(1), |seed| seed.parse())?;
    let mut cases = Vec::new();
    for seed in first..first + CASES {
        let mut maker =
            Maker { random: Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1), literal: 0 };
        maker.random.below(2);
        let expr = maker.boolean(3);
        let mut changed = expr.clone();
        let at = maker.random.below(12);
        if !maker.mutate(&mut changed, &mut { at }) {
            maker.mutate(&mut changed, &mut 0);
        }
        let [one, other, mutant] =
            [&expr, &expr, &changed].map(|expr| on_accounts(&spell(expr, &mut maker.random)));
        cases.push((seed, one, other, mutant));
    }
    let mut equivalence = Equivalence::new(vec!["public".to_owned()]);
    for (_, one, other, mutant) in &cases {
        equivalence.verdict(one, other, false);
        equivalence.verdict(one, mutant, false);
    }
    settle(&mut equivalence, &mut session).await;
    let mut wrong = Vec::new();
    for (seed, one, other, mutant) in &cases {
        let same = equivalence.verdict(one, other, false);
        if same != Verdict::Same {
            wrong.push(format!("seed {seed}: {same:?}\n  {}\n  {}", one.text, other.text));
        }
        let different = equivalence.verdict(one, mutant, false);
        if !matches!(different, Verdict::Different(Some(_))) {
            wrong.push(format!(
                "seed {seed}, changed: {different:?}\n  {}\n  {}",
                one.text, mutant.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
    Ok(())
}
