//! The fields that may hold variables. What depends on values is judged when the API is published, with those of the
//! stage; everything else is judged here.

use crate::address;
use crate::backend_access::ACCESS_NAME;
use crate::definition::variables::stand_in_path;
use crate::dialect::Dialect;
use crate::name::shown;
use crate::path::PathPattern;
use crate::template::{Piece, Template, has_places};
use crate::violation::Complaint;

/// The address of a backend.
pub(super) fn check_url(url: &str, dialect: Dialect) -> Result<(), Complaint> {
    if !has_places(url) {
        return address::check_url(url);
    }
    for piece in parse(url, dialect)?.pieces() {
        let Piece::Text(text) = piece else { continue };
        if let Some(wrong) = text.chars().find(|character| !may_stand_in_address(*character)) {
            let message = format!("`{}` is not a backend address: it holds {wrong:?}", shown(url));
            return Err(Complaint::format(message));
        }
    }
    match url.split_once("://") {
        Some((scheme, _)) if !has_places(scheme) && scheme != "http" && scheme != "https" => {
            let message = format!("`{}` is not a backend address: the scheme is http or https", shown(url));
            Err(Complaint::format(message))
        }
        _ => Ok(()),
    }
}

/// The name of a backend access.
pub(super) fn check_access_name(name: &str, dialect: Dialect) -> Result<(), Complaint> {
    if !has_places(name) {
        return ACCESS_NAME.check(name);
    }
    for piece in parse(name, dialect)?.pieces() {
        let Piece::Text(text) = piece else { continue };
        if let Some(wrong) = text.chars().find(|character| !ACCESS_NAME.rest.contains(*character)) {
            let message =
                format!("`{}` holds {wrong:?}, which no backend access has in its name", shown(name));
            return Err(Complaint::format(message));
        }
    }
    Ok(())
}

/// The path of a backend, with something in the places of variables.
pub(super) fn check_path(path: &str, dialect: Dialect) -> Result<PathPattern, Complaint> {
    if !has_places(path) {
        return path.parse();
    }
    parse(path, dialect)?;
    stand_in_path(path).unwrap_or_default().parse()
}

fn parse(text: &str, dialect: Dialect) -> Result<Template<'_>, Complaint> {
    let template = Template::parse(text)?;
    template.variables().try_for_each(|name| dialect.rules().names.variable.check(name))?;
    Ok(template)
}

fn may_stand_in_address(character: char) -> bool {
    character.is_ascii_alphanumeric() || ".-_:/[]".contains(character)
}
