//! Rows as bytes: each value with the sort of it before.

use crate::backup::BadBackup;
use crate::sql::{Row, Value};

const NULL: u8 = 0;
const INT: u8 = 1;
const TEXT: u8 = 2;
const BYTES: u8 = 3;

pub(crate) fn encode(row: &Row) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in &row.0 {
        match value {
            Value::Null => bytes.push(NULL),
            Value::Int(number) => {
                bytes.push(INT);
                bytes.extend(number.to_be_bytes());
            }
            Value::Text(text) => sized(&mut bytes, TEXT, text.as_bytes()),
            Value::Bytes(value) => sized(&mut bytes, BYTES, value),
        }
    }
    bytes
}

fn sized(bytes: &mut Vec<u8>, sort: u8, value: &[u8]) {
    bytes.push(sort);
    bytes.extend((value.len() as u64).to_be_bytes());
    bytes.extend(value);
}

/// The values of a row with so many columns.
pub(crate) fn decode(mut bytes: &[u8], columns: usize) -> Result<Vec<Value>, BadBackup> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        values.push(value(&mut bytes).ok_or(BadBackup::Damaged("a row of it is not one"))?);
    }
    if values.len() != columns {
        return Err(BadBackup::Damaged("a row of it has not the columns of its table"));
    }
    Ok(values)
}

fn value(bytes: &mut &[u8]) -> Option<Value> {
    let (sort, rest) = bytes.split_first()?;
    *bytes = rest;
    match *sort {
        NULL => Some(Value::Null),
        INT => number(bytes).map(|number| Value::Int(i64::from_be_bytes(number))),
        TEXT => String::from_utf8(part(bytes)?.to_vec()).ok().map(Value::Text),
        BYTES => part(bytes).map(|value| Value::Bytes(value.to_vec())),
        _ => None,
    }
}

fn part<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = usize::try_from(u64::from_be_bytes(number(bytes)?)).ok()?;
    let (part, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(part)
}

fn number(bytes: &mut &[u8]) -> Option<[u8; 8]> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*number)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let values = || vec![Value::Null, Value::Int(-7), Value::from("列"), Value::Bytes(vec![0, 255])];
        assert_eq!(decode(&encode(&Row(values())), 4).unwrap(), values());
    }

    #[test]
    fn no_part_of_a_row_is_taken_for_one() {
        let whole = encode(&Row(vec![Value::Int(1), Value::from("text"), Value::Bytes(vec![1, 2])]));
        for end in 0..whole.len() {
            assert!(decode(&whole[..end], 3).is_err(), "{end}");
        }
    }
}
