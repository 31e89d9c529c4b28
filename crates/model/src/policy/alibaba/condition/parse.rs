//! Reads a condition by descent: one function for each line of the grammar.

use std::net::IpAddr;

use ipnet::IpNet;

use super::compare::Number;
use super::expression::{Expression, Operand, Operator};
use super::like::Pattern;
use super::token::{Token, TokenKind, tokens, wrong};
use crate::name::shown;
use crate::policy::alibaba::variable::Variables;
use crate::violation::{Complaint, Rule};

/// How deep brackets and negations may nest; reading and judging recur as deep.
const DEPTH_AT_MOST: usize = 32;

pub(super) fn parse(text: &str, variables: &mut Variables) -> Result<Expression, Complaint> {
    let end = text.chars().count();
    let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), variables, depth: 0, end };
    let expression = parser.any()?;
    match parser.tokens.next() {
        None => Ok(expression),
        Some(token) => Err(wrong(token.at, "nothing, `and` or `or` is expected")),
    }
}

struct Parser<'v> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    variables: &'v mut Variables,
    depth: usize,
    end: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Expression, Complaint> {
        let mut parts = vec![self.all()?];
        while self.takes_word("or") {
            parts.push(self.all()?);
        }
        Ok(single(parts, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, Complaint> {
        let mut parts = vec![self.one()?];
        while self.takes_word("and") {
            parts.push(self.one()?);
        }
        Ok(single(parts, Expression::All))
    }

    fn one(&mut self) -> Result<Expression, Complaint> {
        self.depth += 1;
        if self.depth > DEPTH_AT_MOST {
            let message = format!("the condition nests deeper than {DEPTH_AT_MOST} levels");
            return Err(Complaint::range(message));
        }
        let expression = if self.takes_word("not") || self.takes_sign("!") {
            Expression::Not(Box::new(self.one()?))
        } else if self.takes_sign("(") {
            let inner = self.any()?;
            self.closes()?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn comparison(&mut self) -> Result<Expression, Complaint> {
        let left = self.operand()?;
        let negated = self.takes_sign("!");
        let at = self.at();
        let kind = self.tokens.next().map(|token| token.kind);
        let compared = match kind {
            Some(TokenKind::Word(word)) if word == "like" => {
                Expression::Like(left, Pattern::new(&self.text("like")?))
            }
            Some(TokenKind::Word(word)) if word == "in_cidr" => Expression::InNetwork(left, self.network()?),
            Some(TokenKind::Sign(sign)) if !negated && operator(sign).is_some() => {
                let operator = operator(sign).unwrap_or(Operator::Equal);
                Expression::Compare(left, operator, self.operand()?)
            }
            _ if negated => return Err(wrong(at, "`like` or `in_cidr` is expected after `!`")),
            _ => return Err(wrong(at, "a comparison is expected: =, !=, <, <=, >, >=, like, in_cidr")),
        };
        Ok(if negated { Expression::Not(Box::new(compared)) } else { compared })
    }

    fn operand(&mut self) -> Result<Operand, Complaint> {
        let at = self.at();
        match self.tokens.next().map(|token| token.kind) {
            Some(TokenKind::Variable(name)) => self.variable(&name),
            Some(TokenKind::Text(text)) => Ok(Operand::Text(text)),
            Some(TokenKind::Number(text)) => Number::parse(&text)
                .map(Operand::Number)
                .ok_or_else(|| wrong(at, &format!("`{}` is not a number", shown(&text)))),
            Some(TokenKind::Word(word)) => self.word(&word, at),
            _ => Err(wrong(at, "a variable, a constant or `Random()` is expected")),
        }
    }

    fn variable(&mut self, name: &str) -> Result<Operand, Complaint> {
        self.variables.position(name).map(Operand::Variable).ok_or_else(|| Complaint {
            rule: Rule::Unknown,
            message: format!("the condition uses `${}`, which `parameters` does not declare", shown(name)),
        })
    }

    fn word(&mut self, word: &str, at: usize) -> Result<Operand, Complaint> {
        match word {
            "true" => Ok(Operand::Bool(true)),
            "false" => Ok(Operand::Bool(false)),
            "null" => Ok(Operand::Null),
            "random" if self.takes_sign("(") => self.closes().map(|()| Operand::Random),
            _ => Err(wrong(at, &format!("`{}` is neither a constant nor `Random()`", shown(word)))),
        }
    }

    fn text(&mut self, after: &str) -> Result<String, Complaint> {
        let at = self.at();
        match self.tokens.next().map(|token| token.kind) {
            Some(TokenKind::Text(text)) => Ok(text),
            _ => Err(wrong(at, &format!("a text in quotes is expected after `{after}`"))),
        }
    }

    fn network(&mut self) -> Result<IpNet, Complaint> {
        let at = self.at();
        let text = self.text("in_cidr")?;
        let address = || text.parse::<IpAddr>().map(IpNet::from);
        text.parse::<IpNet>()
            .or_else(|_| address())
            .map_err(|_| wrong(at, &format!("`{}` is neither an address nor a network", shown(&text))))
    }

    fn closes(&mut self) -> Result<(), Complaint> {
        let at = self.at();
        if self.takes_sign(")") { Ok(()) } else { Err(wrong(at, "`)` is expected")) }
    }

    fn takes_word(&mut self, wanted: &str) -> bool {
        self.tokens.next_if(|token| matches!(&token.kind, TokenKind::Word(word) if word == wanted)).is_some()
    }

    fn takes_sign(&mut self, wanted: &str) -> bool {
        self.tokens.next_if(|token| matches!(token.kind, TokenKind::Sign(sign) if sign == wanted)).is_some()
    }

    fn at(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |token| token.at)
    }
}

fn single(mut parts: Vec<Expression>, many: impl Fn(Vec<Expression>) -> Expression) -> Expression {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            many(parts)
        }
    }
}

fn operator(sign: &str) -> Option<Operator> {
    Some(match sign {
        "=" | "==" => Operator::Equal,
        "!=" | "<>" => Operator::NotEqual,
        "<" => Operator::Less,
        "<=" => Operator::AtMost,
        ">" => Operator::Greater,
        ">=" => Operator::AtLeast,
        _ => return None,
    })
}
