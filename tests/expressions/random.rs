//! Random expressions, random changes of them, and the ways to write one.

/// Small, and the same everywhere: a failure names its seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap_or(0) % limit
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// An expression; each variant is of one type.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    Number(usize),
    NumberColumn(usize),
    Sum(usize, Box<Expr>, Box<Expr>),
    NumberFunction(usize, Box<Expr>),
    Length(Box<Expr>),
    Wider(Box<Expr>),
    Text(usize),
    TextColumn(usize),
    TextFunction(usize, Box<Expr>),
    Compare(usize, Box<Expr>, Box<Expr>),
    In(bool, Box<Expr>, Vec<usize>),
    IsNull(bool, Box<Expr>),
    Not(Box<Expr>),
    Many(bool, Vec<Expr>),
}

const COMPARE: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];
const SUM: [&str; 3] = ["+", "-", "*"];
const NUMBER_FUNCTIONS: [&str; 2] = ["abs", "sign"];
const TEXT_FUNCTIONS: [&str; 3] = ["lower", "upper", "btrim"];

/// What an expression is made of where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) numbers: &'static [&'static str],
    pub(crate) texts: &'static [&'static str],
}

pub(crate) struct Maker {
    pub(crate) random: Random,
    pub(crate) place: Place,
}

impl Maker {
    pub(crate) fn boolean(&mut self, depth: usize) -> Expr {
        match self.random.below(if depth == 0 { 4 } else { 7 }) {
            0 => {
                let (one, other) = (self.number(1), self.number(0));
                Expr::Compare(self.random.below(6), Box::new(one), Box::new(other))
            }
            1 => {
                let (one, other) = (self.text(1), self.text(0));
                Expr::Compare(self.random.below(6), Box::new(one), Box::new(other))
            }
            2 => {
                let list = (0..2 + self.random.below(2)).map(|_| self.random.below(90)).collect();
                Expr::In(self.random.below(2) == 0, Box::new(self.text(1)), list)
            }
            3 => Expr::IsNull(self.random.below(2) == 0, Box::new(self.number(1))),
            4 => Expr::Not(Box::new(self.boolean(depth - 1))),
            choice => {
                let items =
                    (0..2 + self.random.below(2)).map(|_| self.boolean(depth - 1)).collect();
                Expr::Many(choice == 5, items)
            }
        }
    }

    pub(crate) fn number(&mut self, depth: usize) -> Expr {
        match self.random.below(if depth == 0 { 2 } else { 5 }) {
            0 if !self.place.numbers.is_empty() => {
                Expr::NumberColumn(self.random.below(self.place.numbers.len()))
            }
            0 | 1 => Expr::Number(self.random.below(90)),
            2 => {
                let (one, other) = (self.number(depth - 1), self.number(depth - 1));
                Expr::Sum(self.random.below(3), Box::new(one), Box::new(other))
            }
            3 => Expr::NumberFunction(self.random.below(2), Box::new(self.number(depth - 1))),
            _ => Expr::Length(Box::new(self.text(depth - 1))),
        }
    }

    fn text(&mut self, depth: usize) -> Expr {
        // PostgreSQL finds no collation for a function of constants alone in a generated column.
        let columns = !self.place.texts.is_empty();
        match self.random.below(if depth == 0 { 2 } else { 3 }) {
            2 if columns => {
                let column = Expr::TextColumn(self.random.below(self.place.texts.len()));
                Expr::TextFunction(self.random.below(3), Box::new(column))
            }
            0 if columns => Expr::TextColumn(self.random.below(self.place.texts.len())),
            _ => Expr::Text(self.random.below(90)),
        }
    }

    /// Changes the node at `at`, counted in the order of reading.
    pub(crate) fn change(&mut self, expr: &mut Expr, at: &mut usize) -> bool {
        if *at == 0 {
            self.change_here(expr);
            return true;
        }
        *at -= 1;
        match expr {
            Expr::Sum(_, one, other) | Expr::Compare(_, one, other) => {
                self.change(one, at) || self.change(other, at)
            }
            Expr::NumberFunction(_, inner)
            | Expr::TextFunction(_, inner)
            | Expr::Length(inner)
            | Expr::Wider(inner)
            | Expr::In(_, inner, _)
            | Expr::IsNull(_, inner)
            | Expr::Not(inner) => self.change(inner, at),
            Expr::Many(_, items) => items.iter_mut().any(|item| self.change(item, at)),
            Expr::Number(_) | Expr::NumberColumn(_) | Expr::Text(_) | Expr::TextColumn(_) => false,
        }
    }

    fn change_here(&mut self, expr: &mut Expr) {
        let step = 1 + self.random.below(2);
        let cast = self.random.below(4) == 0;
        match expr {
            Expr::Number(_) | Expr::NumberColumn(_) | Expr::Sum(..) if cast => {
                *expr = Expr::Wider(Box::new(expr.clone()));
            }
            Expr::Number(number) | Expr::Text(number) => *number += step,
            Expr::NumberColumn(column) => *column = (*column + 1) % self.place.numbers.len(),
            Expr::TextColumn(column) => *column = (*column + 1) % self.place.texts.len(),
            Expr::Sum(operator, ..) => *operator = (*operator + step) % SUM.len(),
            Expr::NumberFunction(function, _) => *function = 1 - *function,
            Expr::TextFunction(function, _) => *function = (*function + step) % 3,
            Expr::Compare(operator, ..) => *operator = (*operator + step) % COMPARE.len(),
            Expr::In(positive, _, list) => match step {
                1 => *positive = !*positive,
                _ => list.push(91),
            },
            Expr::IsNull(null, _) => *null = !*null,
            Expr::Not(inner) => *expr = (**inner).clone(),
            Expr::Many(and, items) => match self.random.below(4) {
                0 => *and = !*and,
                1 => items.reverse(),
                2 => drop(items.pop()),
                _ => *expr = Expr::Not(Box::new(expr.clone())),
            },
            Expr::Length(inner) => **inner = Expr::TextFunction(2, inner.clone()),
            Expr::Wider(inner) => *expr = (**inner).clone(),
        }
    }

    /// One of the ways to write it.
    pub(crate) fn spell(&mut self, expr: &Expr) -> String {
        let text = |number: &usize| format!("'v{number}'");
        match expr {
            Expr::Number(number) => number.to_string(),
            Expr::NumberColumn(column) => self.column(self.place.numbers[*column]),
            Expr::TextColumn(column) => self.column(self.place.texts[*column]),
            Expr::Text(number) => match self.random.below(3) {
                0 => format!("$q$v{number}$q$::text"),
                1 => format!("cast({} as text)", text(number)),
                _ => format!("{}::pg_catalog.text", text(number)),
            },
            Expr::Sum(operator, one, other) => {
                format!("({} {} {})", self.spell(one), SUM[*operator], self.spell(other))
            }
            Expr::NumberFunction(function, inner) => {
                let schema = self.random.pick(&["", "pg_catalog."]);
                format!("{schema}{}({})", NUMBER_FUNCTIONS[*function], self.spell(inner))
            }
            Expr::TextFunction(function, inner) => {
                let schema = self.random.pick(&["", "PG_CATALOG . "]);
                format!("{schema}{}({})", TEXT_FUNCTIONS[*function], self.spell(inner))
            }
            Expr::Length(inner) => format!("length( {} )", self.spell(inner)),
            Expr::Wider(inner) => match self.random.below(2) {
                0 => format!("({})::int8", self.spell(inner)),
                _ => format!("CAST({} AS bigint)", self.spell(inner)),
            },
            Expr::Compare(operator, one, other) => {
                let sign = match COMPARE[*operator] {
                    "<>" => self.random.pick(&["<>", "!="]),
                    sign => sign,
                };
                format!("({} {sign} {})", self.spell(one), self.spell(other))
            }
            Expr::In(positive, inner, list) => {
                let inner = self.spell(inner);
                let list: Vec<String> = list.iter().map(text).collect();
                let list = list.join(", ");
                match (positive, self.random.below(2)) {
                    (true, 0) => format!("{inner} in ({list})"),
                    (true, _) => format!("{inner} = any (array[{list}])"),
                    (false, 0) => format!("{inner} not in ({list})"),
                    (false, _) => format!("{inner} <> all (array[{list}]::text[])"),
                }
            }
            Expr::IsNull(null, inner) => {
                let words = if *null { ["is null", "ISNULL"] } else { ["is not null", "NOTNULL"] };
                format!("({}) {}", self.spell(inner), self.random.pick(&words))
            }
            Expr::Not(inner) => format!("not ({})", self.spell(inner)),
            Expr::Many(and, items) => {
                let word = match and {
                    true => self.random.pick(&[" and ", "\nAND ", " /* ) */ and "]),
                    false => self.random.pick(&[" or ", " OR -- or\n"]),
                };
                let items: Vec<String> =
                    items.iter().map(|item| format!("({})", self.spell(item))).collect();
                items.join(word)
            }
        }
    }

    fn column(&mut self, name: &str) -> String {
        if name.contains('.') || self.random.below(2) == 0 {
            name.to_owned()
        } else {
            name.to_uppercase()
        }
    }
}
