//! A JSON object as XML: members are elements, and the items of a list repeat its element.

use serde_json::{Map, Value};

pub(super) fn write(root: &str, fields: &Map<String, Value>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    open(root, &mut out);
    members(fields, &mut out);
    close(root, &mut out);
    out
}

fn members(fields: &Map<String, Value>, out: &mut String) {
    for (name, value) in fields {
        match value {
            Value::Array(items) => items.iter().for_each(|item| element(name, item, out)),
            value => element(name, value, out),
        }
    }
}

fn element(name: &str, value: &Value, out: &mut String) {
    open(name, out);
    match value {
        Value::Object(fields) => members(fields, out),
        Value::String(text) => escape(text, out),
        Value::Null => {}
        other => escape(&other.to_string(), out),
    }
    close(name, out);
}

fn open(name: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    out.push('>');
}

fn close(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Characters that XML 1.0 cannot carry (§2.2) become the replacement character.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(character),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_repeat_their_element_and_text_is_escaped() {
        let answer =
            json!({ "Regions": { "Region": [{ "Id": "a<b" }, { "Id": "\u{1}&" }] }, "Total": 2, "On": true });
        let Value::Object(fields) = answer else { unreachable!() };
        assert_eq!(
            write("Response", &fields),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Regions><Region><Id>a&lt;b</Id></Region>\
             <Region><Id>\u{fffd}&amp;</Id></Region></Regions><Total>2</Total><On>true</On></Response>"
        );
    }
}
