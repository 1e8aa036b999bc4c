//! T3: what is coerced is what it becomes: a constant is one of the other type, an array one of coerced elements.

use super::canonical::rewritten;
use super::tree::{Node, Record};

/// T3: a constant that is only called another type is a constant of that type, and an array is one of such elements.
pub(super) fn relabelled(record: Record) -> Node {
    let fields = (record.get("resulttype"), record.get("resulttypmod"), record.get("resultcollid"));
    let (Some(kind), Some(modifier), Some(collation)) = fields else { return Node::Record(record) };
    let argument = record.get("arg").and_then(Node::record);
    match argument.map(|argument| (argument.kind.as_str(), argument)) {
        Some(("CONST", constant)) => Node::Record(
            constant
                .clone()
                .with("consttype", kind.clone())
                .with("consttypmod", modifier.clone())
                .with("constcollid", collation.clone()),
        ),
        Some(("ARRAYEXPR", array))
            if array.get("array_typeid") == Some(kind)
                && array.atom("multidims") == Some("false") =>
        {
            let Some(element_type) = array.get("element_typeid") else {
                return Node::Record(record);
            };
            let relabelled = |element: &Node| {
                let element = record.clone().with("arg", element.clone());
                rewritten(element.with("resulttype", element_type.clone()))
            };
            let elements = array.items("elements").iter().map(relabelled).collect();
            Node::Record(array.clone().with("elements", Node::List(elements)))
        }
        _ => Node::Record(record),
    }
}

/// T3: an array that is coerced is an array of coerced elements.
pub(super) fn coerced_elements(record: Record) -> Node {
    let (Some(array), Some(coercion)) = (
        record.get("arg").and_then(|argument| argument.of_kind("ARRAYEXPR")),
        record.get("elemexpr"),
    ) else {
        return Node::Record(record);
    };
    let element_type = coercion.record().and_then(|coercion| {
        ["resulttype", "funcresulttype"].into_iter().find_map(|field| coercion.get(field))
    });
    let result = (record.get("resulttype"), record.get("resultcollid"));
    let (Some(element_type), (Some(kind), Some(collation))) = (element_type, result) else {
        return Node::Record(record);
    };
    if array.atom("multidims") != Some("false") {
        return Node::Record(record);
    }
    let place = Place { own: array.get("array_collid"), result: collation };
    let elements =
        array.items("elements").iter().map(|element| place.of(coercion, element)).collect();
    Node::Record(
        array
            .clone()
            .with("array_typeid", kind.clone())
            .with("array_collid", collation.clone())
            .with("element_typeid", element_type.clone())
            .with("elements", Node::List(elements)),
    )
}

/// The place that the server leaves open in the coercion of each element, where it does not say the collations.
struct Place<'a> {
    /// That of the elements.
    own: Option<&'a Node>,
    /// That of what they become.
    result: &'a Node,
}

impl Place<'_> {
    /// `coercion` with `element` in the place.
    fn of(&self, coercion: &Node, element: &Node) -> Node {
        match coercion {
            Node::Atom(_) => coercion.clone(),
            Node::List(items) => {
                Node::List(items.iter().map(|item| self.of(item, element)).collect())
            }
            Node::Record(record) if record.kind == "CASETESTEXPR" => element.clone(),
            Node::Record(record) => {
                let field = |(name, value): &(String, Node)| {
                    let collation = match name.as_str() {
                        "inputcollid" => self.own,
                        "funccollid" | "resultcollid" => Some(self.result),
                        _ => None,
                    };
                    let unsaid = matches!(value, Node::Atom(number) if number == "0");
                    let said = collation.filter(|_| unsaid).cloned();
                    (name.clone(), said.unwrap_or_else(|| self.of(value, element)))
                };
                let fields = record.fields.iter().map(field).collect();
                rewritten(Record { fields, ..record.clone() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::canonical::tests::canon;

    #[test]
    fn a_coerced_array_is_an_array_of_coerced_elements() {
        let constant = |kind: &str| {
            format!(
                "{{CONST :consttype {kind} :consttypmod -1 :constcollid 100 :constvalue 1 [ 97 ]}}"
            )
        };
        let array = |kind: &str, node: &str, elements: &str| {
            format!(
                "{{{node} :array_typeid {kind}1 :array_collid 100 :element_typeid {kind} :elements ({elements}) \
                 :multidims false}}"
            )
        };
        let cast = |inner: &str| {
            format!(
                "{{RELABELTYPE :arg {inner} :resulttype 25 :resulttypmod -1 :resultcollid 100 :relabelformat 2}}"
            )
        };
        let whole = format!(
            "{{ARRAYCOERCEEXPR :arg {} :elemexpr {} :resulttype 251 :resulttypmod -1 :resultcollid 100}}",
            array("1043", "ARRAY", &constant("1043")),
            cast("{CASETESTEXPR :typeId 1043}")
        );
        let each = array("25", "ARRAYEXPR", &cast(&constant("1043")));
        assert_eq!(canon(&whole), canon(&each));
        assert_eq!(canon(&each), canon(&array("25", "ARRAYEXPR", &constant("25"))));
    }
}
