//! Lists of objects, spread over parameters: `Tag.1.Key=…&Tag.1.Value=…`, counted from one.

use std::collections::BTreeMap;

use super::Params;

/// One object of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Item<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Item<'a> {
    pub(crate) fn text(&self, name: &str) -> &'a str {
        self.0.get(name).copied().unwrap_or_default()
    }
}

impl Params {
    /// The objects of a list, in their order; numbers may have gaps.
    pub(crate) fn items(&self, list: &str) -> Vec<Item<'_>> {
        let mut items: BTreeMap<u32, Item<'_>> = BTreeMap::new();
        for (name, value) in &self.0 {
            let rest = name.strip_prefix(list).and_then(|rest| rest.strip_prefix('.'));
            let Some((number, field)) = rest.and_then(|rest| rest.split_once('.')) else { continue };
            if let Ok(number) = number.parse() {
                items.entry(number).or_default().0.insert(field, value);
            }
        }
        items.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_ordered_by_number() {
        let params =
            Params::read(b"Tag.10.Key=c&Tag.2.Key=b&Tag.1.Key=a&Tag.1.Value=x&Tag.x.Key=d&Tags=1", b"");
        let items = params.items("Tag");
        let keys: Vec<&str> = items.iter().map(|item| item.text("Key")).collect();
        assert_eq!((keys, items[0].text("Value"), items[1].text("Value")), (vec!["a", "b", "c"], "x", ""));
    }
}
