//! What must not stand in a page: everything in it is public.

use crate::value::Value;

/// Why a text is a secret, in words for its owner.
pub fn explain(text: &str) -> Option<&'static str> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| text.starts_with(prefix));
    if starts(&["https://hooks.slack.com/", "https://discord.com/api/webhooks/"])
        || text.contains(".webhook.office.com/")
    {
        return Some(
            "whoever has this address can write to your channel: put a receiver or a workflow between",
        );
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    if host.is_some_and(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default().contains('@'))
    {
        return Some("a password in an address is a password for everybody: put a proxy between");
    }
    if text.starts_with("https://api.airtable.com/") {
        return Some(
            "Airtable takes only a personal token, which would be everybody's: put a proxy between",
        );
    }
    if starts(&["Basic ", "Bearer "]) {
        return Some("a password or token in a page is everybody's: put a proxy between");
    }
    if starts(&["sb_secret_", "sk_", "pat", "AKIA", "ghp_", "xoxb-", "xoxp-"]) && text.len() >= 20 {
        return Some("this is a secret key: use the public one, or put a proxy between");
    }
    if role(text).is_some_and(|role| role != "anon" && role != "authenticated") {
        return Some("this key goes past row level security: use the public (anon) key");
    }
    None
}

/// The role in a Supabase key, which is a JSON Web Token.
fn role(key: &str) -> Option<String> {
    let claims = decode(key.split('.').nth(1).filter(|_| key.split('.').count() == 3)?)?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    claims.get("role").and_then(Value::as_text).map(str::to_owned)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        held = (held << 6 | value as u32) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    Some(bytes)
}
