//! Reads the places of keys from the events of the YAML parser.

use std::sync::Arc;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::{Form, Key, Positions, Wanted};
use crate::model::unescaped;

/// A key or item whose value has not ended.
struct OpenKey<'w> {
    name: String,
    key: Key,
    /// What is wanted of it; `None` for nothing, not even itself.
    wanted: Option<&'w Wanted>,
}

impl OpenKey<'_> {
    fn below(above: Option<&Self>, name: impl FnOnce() -> String, key: Key) -> Self {
        match above.and_then(|above| above.wanted) {
            Some(above) => {
                let name = name();
                let wanted = above.get(&name);
                Self { name, key, wanted }
            }
            // Nobody asks for its name.
            None => Self { name: String::new(), key, wanted: None },
        }
    }
}

/// A mapping or list that is open.
enum Open {
    /// Whether the value of a key is still to come.
    Mapping(bool),
    /// The index of the next item.
    List(usize),
}

impl Positions {
    /// Reads `text`, which must be YAML: places end where it is not. `file` is the name that the places give.
    pub(in crate::spec) fn of(file: &Arc<str>, text: &str, wanted: &Wanted) -> Self {
        let top = Key::at(&Span::default(), None);
        let mut keys = vec![OpenKey { name: String::new(), key: top, wanted: Some(wanted) }];
        let mut open: Vec<Open> = Vec::new();
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            let is_leaf = matches!(event, Event::Scalar(..) | Event::Alias(..));
            if is_leaf || matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)) {
                match open.last_mut() {
                    Some(Open::Mapping(key_read @ false)) => {
                        *key_read = true;
                        let name = match &event {
                            Event::Scalar(key, ..) => &**key,
                            _ => "",
                        };
                        let key = Key::at(&span, Some(name));
                        let name = || unescaped(name).into_owned();
                        keys.push(OpenKey::below(keys.last(), name, key));
                        if is_leaf {
                            continue;
                        }
                    }
                    Some(Open::Mapping(_)) | None => {}
                    Some(Open::List(index)) => {
                        let key = Key::at(&span, None);
                        keys.push(OpenKey::below(keys.last(), || index.to_string(), key));
                        *index += 1;
                    }
                }
                if let Some(OpenKey { key, .. }) = keys.last_mut() {
                    key.begin(&event, &span, text);
                }
            }
            match event {
                Event::MappingStart(..) => open.push(Open::Mapping(false)),
                Event::SequenceStart(..) => open.push(Open::List(0)),
                Event::MappingEnd | Event::SequenceEnd => {
                    open.pop();
                    if let Some(OpenKey { key, .. }) = keys.last_mut() {
                        key.end(&span);
                    }
                    close(&mut open, &mut keys);
                }
                _ if is_leaf => close(&mut open, &mut keys),
                _ => {}
            }
        }
        while keys.len() > 1 {
            close(&mut open, &mut keys);
        }
        let OpenKey { key: mut top, .. } = keys.remove(0);
        top.close();
        Self { file: Arc::clone(file), top }
    }
}

impl Key {
    /// Its value begins.
    fn begin(&mut self, event: &Event<'_>, span: &Span, text: &str) {
        let start = span.start.byte_offset().unwrap_or_default();
        let end = span.end.byte_offset().unwrap_or_default();
        let written = text.get(start..end).unwrap_or_default();
        // Other white space is part of a value.
        let written_end = written.trim_end_matches([' ', '\t', '\r', '\n']).len();
        self.value = start..start + written_end;
        let is_block =
            matches!(event, Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..));
        self.form = match event {
            Event::MappingStart(style, ..) => {
                Form::Mapping { flow: *style == StructureStyle::Flow }
            }
            Event::SequenceStart(style, ..) => Form::List { flow: *style == StructureStyle::Flow },
            _ if start == end && !is_block => Form::Nothing,
            _ => Form::Scalar,
        };
        if self.form == Form::Nothing && !self.text.is_empty() {
            let behind = self.after_colon(text);
            self.value = behind..behind;
        }
        if is_block {
            // White space at the end of the last line is its own.
            let rest = &written[written_end..];
            self.value.end += rest.find(['\r', '\n']).unwrap_or(rest.len());
            let header = text[..start].trim_end();
            let line = header.rfind('\n').map_or(0, |at| at + 1);
            let said = header[line..].split(" #").next().unwrap_or_default();
            self.value.start = said.rfind(['|', '>']).map_or(start, |at| line + at);
            if written_end == 0 {
                self.value.end = line + said.trim_end().len();
            }
            if self.text.is_empty() {
                self.text = self.value.start..self.value.start;
            }
        }
    }

    /// Its mapping or list has ended: that of a block where the last thing in it does.
    fn end(&mut self, span: &Span) {
        if self.form.is_flow() {
            self.value.end = span.end.byte_offset().unwrap_or_default();
        }
    }

    /// Nothing more comes into its value.
    fn close(&mut self) {
        self.below.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.below.shrink_to_fit();
    }
}

/// A value has ended, and with it its key or its index.
fn close(open: &mut [Open], keys: &mut Vec<OpenKey<'_>>) {
    match open.last_mut() {
        Some(Open::Mapping(key_read)) => *key_read = false,
        Some(Open::List(_)) | None => {}
    }
    if keys.len() > 1
        && let Some(OpenKey { name, mut key, wanted }) = keys.pop()
        && let Some(OpenKey { key: above, .. }) = keys.last_mut()
    {
        key.close();
        above.value.end = above.value.end.max(key.extent().end);
        if wanted.is_some() {
            above.below.push((name.into_boxed_str(), key));
        }
    }
}
