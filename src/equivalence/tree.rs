//! Reads the server's print of an analysed tree (`pg_node_tree` text). Knows its lexical structure and no node.

/// A piece of a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A number, a name, a flag; a list of bytes too, joined by spaces.
    Atom(String),
    /// `( … )`
    List(Vec<Node>),
    /// `{KIND :field value …}`
    Record(Record),
}

/// A node of the server's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record {
    /// The node's type, such as `OPEXPR`.
    pub(super) kind: String,
    /// Its fields, as ordered by the server.
    pub(super) fields: Vec<(String, Node)>,
    /// How people would call it.
    pub(super) label: Label,
}

/// For messages only: all labels are equal.
#[derive(Debug, Clone, Default)]
pub(super) struct Label(pub(super) Option<String>);

impl PartialEq for Label {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Label {}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Label {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

/// How deep nodes may nest, so that no tree exhausts the stack.
const DEEPEST: usize = 900;

impl Node {
    /// Reads a whole tree.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader { tokens: Tokens { rest: text }, peeked: None };
        let token = reader.next().ok_or("the server's tree is empty")?;
        let node = reader.node(&token, 0)?;
        match reader.next() {
            None => Ok(node),
            Some(token) => Err(format!("the server's tree goes on with `{token}`")),
        }
    }

    pub(super) fn record(&self) -> Option<&Record> {
        if let Self::Record(record) = self { Some(record) } else { None }
    }

    /// The record inside, if it is one of that kind.
    pub(super) fn of_kind(&self, kind: &str) -> Option<&Record> {
        self.record().filter(|record| record.kind == kind)
    }

    pub(super) fn atom(&self) -> Option<&str> {
        if let Self::Atom(text) = self { Some(text) } else { None }
    }

    /// The items of a list; none for the empty list, which the server writes as no node.
    pub(super) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// Whether it is the server's mark for nothing.
    pub(super) fn is_nothing(&self) -> bool {
        self.atom() == Some("<>")
    }

    /// Nothing, as a server writes it.
    pub(super) fn nothing() -> Self {
        Self::Atom("<>".to_owned())
    }

    /// The same with what becomes of each record, what is inside of it first.
    pub(super) fn mapped(&self, become_of: &impl Fn(Record) -> Record) -> Self {
        match self {
            Self::Atom(_) => self.clone(),
            Self::List(items) => {
                Self::List(items.iter().map(|item| item.mapped(become_of)).collect())
            }
            Self::Record(record) => {
                let mapped =
                    |(name, value): &(String, Self)| (name.clone(), value.mapped(become_of));
                let fields = record.fields.iter().map(mapped).collect();
                Self::Record(become_of(Record { fields, ..record.clone() }))
            }
        }
    }

    /// Visits every record, parents first.
    pub(super) fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Record)) {
        match self {
            Self::Atom(_) => {}
            Self::List(items) => items.iter().for_each(|item| item.visit(see)),
            Self::Record(record) => {
                see(record);
                record.fields.iter().for_each(|(_, value)| value.visit(see));
            }
        }
    }
}

impl Record {
    pub(super) fn new(kind: &str, fields: Vec<(String, Node)>) -> Self {
        Self { kind: kind.to_owned(), fields, label: Label(None) }
    }

    /// The value of a field; none where this server's nodes do not have it.
    pub(super) fn get(&self, field: &str) -> Option<&Node> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value)
    }

    pub(super) fn atom(&self, field: &str) -> Option<&str> {
        self.get(field).and_then(Node::atom)
    }

    pub(super) fn number<T: std::str::FromStr>(&self, field: &str) -> Option<T> {
        self.atom(field)?.parse().ok()
    }

    pub(super) fn items(&self, field: &str) -> &[Node] {
        self.get(field).map_or(&[], Node::items)
    }

    /// The same with another value of a field that it has.
    pub(super) fn with(mut self, field: &str, value: Node) -> Self {
        if let Some((_, old)) = self.fields.iter_mut().find(|(name, _)| name == field) {
            *old = value;
        }
        self
    }
}

/// The name in a token: without the server's escapes and, for a string of a list, without its quotes.
pub(super) fn unescape(token: &str) -> String {
    let inner = token.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(token);
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        text.push(if c == '\\' { characters.next().unwrap_or(c) } else { c });
    }
    text
}

/// Tokens as the server's own `pg_strtok` sees them.
struct Tokens<'a> {
    rest: &'a str,
}

const DELIMITERS: [char; 4] = ['(', ')', '{', '}'];

impl Iterator for Tokens<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\t']);
        let first = self.rest.chars().next()?;
        if DELIMITERS.contains(&first) {
            self.rest = &self.rest[1..];
            return Some(first.to_string());
        }
        let mut token = String::new();
        let mut characters = self.rest.char_indices();
        let mut end = self.rest.len();
        while let Some((at, c)) = characters.next() {
            if c == ' ' || c == '\n' || c == '\t' || DELIMITERS.contains(&c) {
                end = at;
                break;
            }
            token.push(c);
            if c == '\\' {
                // The server breaks its lines at spaces, escaped ones too.
                let escaped = characters.next().map_or('\\', |(_, escaped)| escaped);
                token.push(if escaped == '\n' { ' ' } else { escaped });
            }
        }
        self.rest = &self.rest[end..];
        Some(token)
    }
}

struct Reader<'a> {
    tokens: Tokens<'a>,
    peeked: Option<String>,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<String> {
        self.peeked.take().or_else(|| self.tokens.next())
    }

    fn node(&mut self, token: &str, depth: usize) -> Result<Node, String> {
        if depth > DEEPEST {
            return Err("it is nested too deeply to be compared".to_owned());
        }
        match token {
            "(" => self.list(depth),
            "{" => self.fields(depth),
            ")" | "}" => Err(format!("the server's tree has a `{token}` too many")),
            _ => Ok(Node::Atom(token.to_owned())),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Node, String> {
        let mut items = Vec::new();
        loop {
            match self.next().as_deref() {
                None => return Err(CUT.to_owned()),
                Some(")") => return Ok(Node::List(items)),
                Some(token) => items.push(self.node(token, depth + 1)?),
            }
        }
    }

    fn fields(&mut self, depth: usize) -> Result<Node, String> {
        let mut record = Record::new(&self.next().ok_or(CUT)?, Vec::new());
        loop {
            let token = self.next().ok_or(CUT)?;
            if token == "}" {
                return Ok(Node::Record(record));
            }
            let name = token
                .strip_prefix(':')
                .ok_or(format!("unexpected `{token}` in the server's tree"))?;
            let value = self.value(depth + 1)?;
            record.fields.push((name.to_owned(), value));
        }
    }

    /// Every field has a value, so the first token belongs to it even if it looks like the next field's name.
    fn value(&mut self, depth: usize) -> Result<Node, String> {
        let token = self.next().ok_or(CUT)?;
        let mut value = self.node(&token, depth)?;
        loop {
            let token = self.next().ok_or(CUT)?;
            if token == "}" || token.starts_with(':') {
                self.peeked = Some(token);
                return Ok(value);
            }
            match (&mut value, self.node(&token, depth)?) {
                (Node::Atom(text), Node::Atom(more)) => {
                    text.push(' ');
                    text.push_str(&more);
                }
                _ => return Err(format!("unexpected `{token}` in the server's tree")),
            }
        }
    }
}

const CUT: &str = "the server's tree is cut off";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_inside_of_bytes_and_names_are_white_space() {
        let one = "{CONST :constvalue 4 [ 1 0 0\n0 ] :name a\\ b}";
        let other = "{CONST :constvalue 4 [ 1\n0 0 0 ] :name a\\\nb}";
        assert_eq!(Node::read(one), Node::read(other));
        let node = Node::read(one).expect("reads");
        let record = node.of_kind("CONST").expect("a constant");
        assert_eq!(record.atom("constvalue"), Some("4 [ 1 0 0 0 ]"));
        assert_eq!(record.atom("name").map(unescape), Some("a b".to_owned()));
    }

    #[test]
    fn a_name_that_looks_like_a_field_is_a_value() {
        let node = Node::read("{TARGETENTRY :resname :location :resjunk false}").expect("reads");
        let record = node.record().expect("a record");
        assert_eq!(record.atom("resname"), Some(":location"));
        assert_eq!(record.atom("resjunk"), Some("false"));
    }

    #[test]
    fn broken_trees_are_errors() {
        for text in
            ["", "{", "{A :b", "(", ")", "{A b}", "{A :b }", "{A :b (1) 2}", "a b", "{A :b c}}"]
        {
            assert!(Node::read(text).is_err(), "{text}");
        }
        let deep = "(".repeat(100_000);
        assert!(Node::read(&deep).is_err());
    }

    #[test]
    fn labels_are_not_compared() {
        let mut one = Record::new("VAR", Vec::new());
        one.label = Label(Some("a".to_owned()));
        assert_eq!(one, Record::new("VAR", Vec::new()));
    }
}
