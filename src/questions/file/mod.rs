//! Hand in files. The answer is `[{name, type, size, content}]`, the content as `data:` URL.

#[cfg(feature = "ui")]
pub mod view;

use super::{QuestionType, data_url};
use crate::definition::{definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::Language;
use crate::value::{Map, Value, number_text};

definition_words! {
    /// Where files come from.
    pub enum SourceType {
        File "file",
        Camera "camera",
        /// Either, as the respondent likes.
        FileOrCamera "file-camera",
    }
}

definition! {
    /// Hand in files.
    pub struct FileUpload {
        /// Whether there may be several.
        pub multiple "allowMultiple": bool,
        /// The most files, where there may be several; 0 for no limit.
        pub max_files "maxFiles": u32 = 0,
        /// The most bytes of one file; 0 for no limit. All files travel inside the submission,
        /// so they have to fit into what its receiver takes.
        pub max_size "maxSize": u32 = 500_000,
        /// The kinds taken, as in HTML: `image/*, .pdf`; empty for all.
        pub accepted "acceptedTypes": String = String::new(),
        /// Where files come from.
        pub source "sourceType": SourceType = SourceType::File,
    }
}

impl FileUpload {
    /// What speaks against a file, before it is read.
    pub fn check_file(&self, name: &str, media_type: &str, size: f64) -> Option<Issue> {
        let (name, media_type) = (name.to_lowercase(), media_type.to_lowercase());
        let fits = |kind: &str| match kind.strip_suffix('*') {
            Some(family) => media_type.starts_with(family),
            None if kind.starts_with('.') => name.ends_with(kind),
            None => media_type == kind,
        };
        let kinds = self.accepted.to_lowercase();
        let mut kinds = kinds.split(',').map(str::trim).filter(|kind| !kind.is_empty()).peekable();
        if kinds.peek().is_some() && !kinds.any(fits) {
            return Some(Issue::new(Code::FileType).with("types", &self.accepted));
        }
        let large = self.max_size > 0 && size > f64::from(self.max_size);
        large.then(|| Issue::new(Code::FileTooLarge).with("max", size_text(self.max_size.into())))
    }

    /// How many files there may be; nothing where there is no limit.
    pub fn most(&self) -> Option<u32> {
        match (self.multiple, self.max_files) {
            (false, _) => Some(1),
            (true, 0) => None,
            (true, most) => Some(most),
        }
    }

    /// The answer with one more file, or another where there may be only one.
    pub fn with_file(&self, answer: &Value, file: Map) -> Value {
        let mut files = answer.as_list().unwrap_or_default().to_vec();
        if !self.multiple {
            files.clear();
        }
        files.push(Value::Map(file));
        Value::List(files)
    }

    fn check_content(&self, file: &Value) -> Option<Issue> {
        let text = |key| file.get(key).and_then(Value::as_text);
        let size = text("content").and_then(|content| data_url::size(content, ""));
        match (text("name"), text("type"), size) {
            (Some(name), Some(media_type), Some(size)) => {
                self.check_file(name, media_type, size as f64)
            }
            _ => Some(Issue::new(Code::WrongType)),
        }
    }
}

/// The answer without one of its files.
#[cfg(feature = "ui")]
pub fn without_file(answer: &Value, index: usize) -> Value {
    let mut files = answer.as_list().unwrap_or_default().to_vec();
    if index < files.len() {
        files.remove(index);
    }
    if files.is_empty() { Value::Null } else { Value::List(files) }
}

/// A number of bytes in words.
pub fn size_text(bytes: f64) -> String {
    let tenths = |size: f64| number_text((size * 10.0).round() / 10.0);
    match bytes {
        bytes if bytes < 1e3 => number_text(bytes) + " B",
        bytes if bytes < 1e6 => tenths(bytes / 1e3) + " kB",
        bytes => tenths(bytes / 1e6) + " MB",
    }
}

impl QuestionType for FileUpload {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(files) = answer.as_list() else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        if let Some(most) = self.most().filter(|most| files.len() > *most as usize) {
            issues.push(Issue::new(Code::TooMany).with("max", most));
        }
        let found = files
            .iter()
            .enumerate()
            .filter_map(|(index, file)| Some(self.check_content(file)?.at(index.to_string())));
        issues.extend(found);
    }

    fn display(&self, answer: &Value, _: &Language) -> String {
        let files = answer.as_list().unwrap_or_default().iter();
        let names: Vec<&str> = files.filter_map(|file| file.get("name")?.as_text()).collect();
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_media_type_or_by_the_end_of_the_name() {
        let upload = FileUpload {
            multiple: false,
            max_files: 0,
            max_size: 10,
            accepted: "image/*, .PDF,text/csv".to_owned(),
            source: SourceType::File,
        };
        let code = |name, media_type, size| {
            upload.check_file(name, media_type, size).map(|issue| issue.code)
        };
        assert_eq!(code("a.png", "image/png", 10.0), None);
        assert_eq!(code("Plan.Pdf", "", 1.0), None);
        assert_eq!(code("a", "text/csv", 1.0), None);
        assert_eq!(code("a.exe", "application/x-msdownload", 1.0), Some(Code::FileType));
        assert_eq!(code("a.png", "image/png", 11.0), Some(Code::FileTooLarge));
    }

    #[test]
    fn the_content_counts_whatever_size_is_claimed() {
        let upload = FileUpload {
            multiple: false,
            max_files: 0,
            max_size: 3,
            accepted: String::new(),
            source: SourceType::File,
        };
        let file = |content: &str| {
            let entries = [("name", "a"), ("type", ""), ("content", content)];
            let entries = entries.map(|(key, text)| (key.to_owned(), Value::from(text)));
            upload.with_file(&Value::Null, entries.into())
        };
        let code = |answer: &Value| {
            let mut issues = Vec::new();
            upload.check(answer, &mut issues);
            issues.first().map(|issue| issue.code)
        };
        assert_eq!(code(&file("data:;base64,AAAA")), None);
        assert_eq!(code(&file("data:;base64,AAAAAAAA")), Some(Code::FileTooLarge));
        assert_eq!(code(&file("AAAA")), Some(Code::WrongType));
    }

    #[test]
    fn sizes_are_written_as_people_say_them() {
        assert_eq!([12.0, 1_540.0, 2e6].map(size_text), ["12 B", "1.5 kB", "2 MB"]);
    }
}
