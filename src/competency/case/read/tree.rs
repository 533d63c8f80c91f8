//! How the items of a package stand below each other, and what they are called.

use serde_json::Value;

use super::{Reader, path};
use crate::competency::case::package::Node;
use crate::competency::case::{EXTENSION, Role};
use crate::competency::unit::Supersession;
use crate::diagnostic::Diagnostic;

impl Reader<'_> {
    /// Puts the items into their tree.
    pub(super) fn arrange(&mut self) {
        let items = &self.package.items;
        let root = items.len();
        let mut places: Vec<(&str, usize)> = items
            .iter()
            .enumerate()
            .map(|(index, item)| (item.identifier.as_str(), index))
            .collect();
        places.sort_unstable();
        for pair in places.windows(2) {
            if let [(one, _), (other, index)] = pair
                && one == other
            {
                let message = format!("the item `{one}` stands twice");
                self.found.push(Diagnostic::error("case", path("CFItems", *index), message));
            }
        }
        let place = |id: &str| {
            if id == self.package.document.identifier {
                return Some(root);
            }
            let found = places.binary_search_by_key(&id, |(known, _)| *known).ok()?;
            places.get(found).map(|(_, index)| *index)
        };
        let mut placed = vec![false; items.len()];
        for (index, association) in self.package.associations.iter().enumerate() {
            let ends =
                (place(&association.origin.identifier), place(&association.destination.identifier));
            match (association.association_type.as_str(), ends) {
                ("isChildOf", (Some(child), Some(parent))) if child != root => {
                    if std::mem::replace(&mut placed[child], true) {
                        self.keep(
                            index,
                            "an item that stands in two places is read in the first alone",
                        );
                        continue;
                    }
                    let sequence = association.sequence_number.unwrap_or(i64::MAX);
                    self.children[parent].push((sequence, child));
                    self.parents[child] = (parent != root).then_some(parent);
                }
                ("isRelatedTo", (Some(from), Some(to)))
                    if from != root && to != root && self.role(to) == Some(Role::Note) =>
                {
                    self.notes[from].push(to);
                }
                ("replacedBy", (None, Some(to))) if to == root => {
                    let own =
                        association.others.get("extensions").and_then(|all| all.get(EXTENSION));
                    let equivalent =
                        own.and_then(|own| own.get("equivalent")).and_then(Value::as_bool);
                    let code = association.origin.title.clone();
                    self.supersedes.push(Supersession { code, equivalent });
                }
                ("isChildOf", _) => self.keep(index, "one of its ends is not in the package"),
                _ => self.keep(index, ""),
            }
        }
        for (child, placed) in placed.iter().enumerate() {
            if !placed {
                self.children[root].push((i64::MAX, child));
            }
        }
        for list in &mut self.children {
            list.sort_by_key(|(sequence, _)| *sequence);
        }
        self.find_circles(root);
        self.name_items();
    }

    /// Keeps an association as it is.
    fn keep(&mut self, index: usize, why: &str) {
        let Some(association) = self.package.associations.get(index) else { return };
        if !why.is_empty() {
            self.found.push(Diagnostic::warning("case", path("CFAssociations", index), why));
        }
        let node = |node: &Node| {
            let mut fields = node.others.clone();
            fields.insert("title".into(), node.title.clone().into());
            fields.insert("identifier".into(), node.identifier.clone().into());
            fields
        };
        let mut fields = association.others.clone();
        fields.insert("associationType".into(), association.association_type.clone().into());
        fields.insert("originNodeURI".into(), node(&association.origin).into());
        fields.insert("destinationNodeURI".into(), node(&association.destination).into());
        if let Some(sequence) = association.sequence_number {
            fields.insert("sequenceNumber".into(), sequence.into());
        }
        self.extras.associations.push(Value::Object(fields));
    }

    fn find_circles(&mut self, root: usize) {
        let mut reached = vec![false; root];
        let mut open: Vec<usize> = vec![root];
        while let Some(at) = open.pop() {
            for (_, child) in &self.children[at] {
                if !std::mem::replace(&mut reached[*child], true) {
                    open.push(*child);
                }
            }
        }
        if let Some(index) = reached.iter().position(|reached| !reached) {
            let message = "this item stands below itself";
            self.found.push(Diagnostic::error("case", path("CFItems", index), message));
        }
    }

    /// Gives each item its id in the unit: its code, where it has one of its own.
    fn name_items(&mut self) {
        for (index, item) in self.package.items.iter().enumerate() {
            let code = item.human_coding_scheme.as_deref().map(str::trim).unwrap_or_default();
            let own = !code.is_empty() && !self.ids.iter().any(|id| id == code);
            let id = if own { code.to_owned() } else { format!("item-{}", index + 1) };
            self.ids.push(id);
        }
    }
}
