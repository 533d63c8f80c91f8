//! Files inside answers: `data:` URLs in base64.

#[cfg(not(lean))]
/// How many bytes a `data:` URL of some kind holds; nothing where it is none.
///
/// `kind` is how its media type begins, such as `image/png`; empty for any.
pub fn size(url: &str, kind: &str) -> Option<usize> {
    let (media_type, content) = url.strip_prefix("data:")?.split_once(";base64,")?;
    let digits = content.trim_end_matches('=');
    let padding = content.len() - digits.len();
    let valid = digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte));
    let whole = valid && padding <= 2 && content.len().is_multiple_of(4);
    (whole && media_type.starts_with(kind)).then(|| content.len() / 4 * 3 - padding)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn the_size_is_that_of_the_content() {
        assert_eq!(size("data:text/plain;base64,aGVsbG8=", ""), Some(5));
        assert_eq!(size("data:image/png;base64,", "image/png"), Some(0));
        for url in
            ["", "data:text/plain,hi", "data:a/b;base64,a", "data:a/b;base64,a*==", "http://x"]
        {
            assert_eq!(size(url, ""), None, "{url}");
        }
        assert_eq!(size("data:text/html;base64,aGVsbG8=", "image/png"), None);
    }
}
