//! Questions and panels: what all of them have, and which type each becomes.

use super::converter::Converter;
use super::names::Scope;
use super::object::{Item, Object};
use super::settings::HIDDEN;
use crate::diagnostic::Step;
use crate::value::{Map, Value};

impl Converter {
    /// The questions that some elements become.
    pub fn elements(&self, elements: &[Item], scope: &Scope) -> Vec<Value> {
        let mut questions = Vec::new();
        for item in elements {
            let written = self.written(item, scope);
            let plain = match &written {
                Some(written) => Item { value: &written.element, path: item.path.clone() },
                None => item.clone(),
            };
            questions.extend(self.element(&plain, scope).map(Value::Map));
            let after = written.map(|written| written.questions).unwrap_or_default();
            questions.extend(after.into_iter().map(Value::Map));
        }
        questions
    }

    fn element(&self, item: &Item, scope: &Scope) -> Option<Map> {
        let Some(kind) = item.value.get("type").and_then(Value::as_text) else {
            self.losses.add(&item.path, "an element without a type is left out");
            return None;
        };
        let kind = kind.to_ascii_lowercase();
        let object = Object::new(item, &[&kind], &self.losses)?;
        object.take("type");
        self.question(object, &kind, scope)
    }

    /// The question that an element of some type becomes.
    pub fn question(&self, object: Object, kind: &str, scope: &Scope) -> Option<Map> {
        let mut question = Map::new();
        let kind = match kind {
            "panel" | "flowpanel" => {
                self.names_panel(&object, &mut question, scope);
                self.conditions(&object, &mut question, scope);
                self.panel_layout(&object, &mut question);
                let inside = self.elements(&object.list("elements"), scope);
                question.insert("questions".into(), Value::List(inside));
                "panel"
            }
            _ => {
                self.name(&object, &mut question, scope);
                self.conditions(&object, &mut question, scope);
                self.values(&object, &mut question, scope);
                let converted = self.own_part(&object, kind, &mut question, scope);
                let Some(kind) = converted else {
                    let message = format!("there is no `{kind}` in Askwell; it is left out");
                    let mut path = object.path.clone();
                    path.push(Step::Key("type".into()));
                    self.losses.add(&path, message);
                    return None;
                };
                kind
            }
        };
        self.place(&object, &mut question);
        question.insert("type".into(), Value::from(kind));
        object.finish();
        Some(question)
    }

    /// Converts what belongs to one type, and gives the type that it becomes.
    fn own_part(
        &self,
        object: &Object,
        kind: &str,
        question: &mut Map,
        scope: &Scope,
    ) -> Option<&'static str> {
        Some(match kind {
            "radiogroup" => self.single(object, question, scope, "list"),
            "dropdown" => self.single(object, question, scope, "dropdown"),
            "buttongroup" => self.single(object, question, scope, "buttons"),
            "checkbox" => self.multiple(object, question, scope, "list"),
            "tagbox" => self.multiple(object, question, scope, "dropdown"),
            "imagepicker" if object.flag("multiSelect") => {
                self.multiple(object, question, scope, "images")
            }
            "imagepicker" => self.single(object, question, scope, "images"),
            "imagemap" => self.image_map(object, question, scope),
            "ranking" => self.ranking(object, question, scope),
            "rating" => self.rating(object, question),
            "boolean" => self.boolean(object, question),
            "text" => self.text_input(object, question),
            "comment" => self.comment(object, question),
            "multipletext" => self.text_list(object, question),
            "slider" => self.slider(object, question),
            "file" => self.file(object, question),
            "signaturepad" => self.signature(object, question),
            "expression" => self.calculated_question(object, question, scope),
            "html" => self.note(object, question),
            "image" => self.image(object, question),
            "matrix" => self.matrix(object, question, scope),
            "matrixdropdown" => self.table(object, question, scope),
            "matrixdynamic" => self.rows_of_matrix(object, question, scope),
            "paneldynamic" => self.rows_of_panels(object, question, scope),
            _ => return None,
        })
    }

    fn name(&self, object: &Object, question: &mut Map, scope: &Scope) {
        let given = object.string("name").filter(|name| !name.trim().is_empty());
        let mut id = given.clone().unwrap_or_else(|| self.unnamed("question"));
        if scope.rows.is_empty() {
            while self.ids.borrow().contains(&id) {
                id.push('\'');
            }
            self.ids.borrow_mut().push(id.clone());
        }
        if let Some(given) = given.filter(|given| *given != id) {
            let message = format!("the name stands twice; now it is `{id}`, with the same answer");
            self.losses.add(&object.path, message);
            question.insert("valueName".into(), Value::Text(given));
        }
        question.insert("id".into(), Value::Text(id));
        self.titles(object, question);
    }

    /// Panels have names of their own in SurveyJS; ids are shared by all here.
    fn names_panel(&self, object: &Object, question: &mut Map, scope: &Scope) {
        let given = object.string("name").filter(|name| !name.trim().is_empty());
        let mut id = given.unwrap_or_else(|| self.unnamed("panel"));
        if scope.rows.is_empty() {
            while self.ids.borrow().contains(&id) || self.names.names_question(&id) {
                id.push_str(" (panel)");
            }
            self.ids.borrow_mut().push(id.clone());
        }
        question.insert("id".into(), Value::Text(id));
        self.titles(object, question);
    }

    fn titles(&self, object: &Object, question: &mut Map) {
        for name in ["title", "description", "requiredErrorText"] {
            question.extend(self.text(object, name).map(|text| (name.to_owned(), text)));
        }
    }

    /// When it is shown, needed, and can be answered. A condition decides alone in SurveyJS.
    pub fn conditions(&self, object: &Object, question: &mut Map, scope: &Scope) {
        let pairs = [
            ("visibleIf", "visible", "visible", false),
            ("enableIf", "readOnly", "readOnly", true),
            ("requiredIf", "isRequired", "required", true),
        ];
        for (condition, fixed, name, differs) in pairs {
            let flag = object.flag(fixed);
            match self.expression(object, condition, scope) {
                Some(expression) => drop(question.insert(condition.into(), expression)),
                None if flag == differs => drop(question.insert(name.into(), Value::from(flag))),
                None => {}
            }
        }
    }

    /// Where its answer comes from and where it goes.
    fn values(&self, object: &Object, question: &mut Map, scope: &Scope) {
        let fields = ["defaultValueExpression", "setValueExpression", "setValueIf", "resetValueIf"];
        for name in fields {
            let expression = self.expression(object, name, scope);
            question.extend(expression.map(|expression| (name.to_owned(), expression)));
        }
        if let Some(name) = object.string("valueName")
            && !question.contains_key("valueName")
        {
            question.insert("valueName".into(), Value::Text(name));
        }
        self.word(object, question, "clearIfInvisible", HIDDEN);
        if object.flag("showCommentArea") {
            question.insert("showCommentArea".into(), Value::from(true));
            for name in ["commentText", "commentPlaceholder"] {
                question.extend(self.text(object, name).map(|text| (name.to_owned(), text)));
            }
        }
        let validators = self.validators(object, scope);
        if !validators.is_empty() {
            question.insert("validators".into(), Value::List(validators));
        }
    }
}
