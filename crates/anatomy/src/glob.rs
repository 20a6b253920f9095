//! Names that are like a pattern.

/// Whether `name` is like `pattern`, as a whole: `*` is any text, `?` any one character, and all
/// other characters are themselves.
#[must_use]
pub fn is_like(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    let (mut at, mut sign) = (0, 0);
    // Where to go on when what follows the last star did not fit: the star takes one more.
    let mut star: Option<(usize, usize)> = None;
    while at < name.len() {
        match pattern.get(sign) {
            Some('*') => {
                star = Some((sign + 1, at));
                sign += 1;
            }
            Some(c) if *c == '?' || *c == name[at] => {
                at += 1;
                sign += 1;
            }
            _ => {
                let Some((after, taken)) = star else { return false };
                star = Some((after, taken + 1));
                sign = after;
                at = taken + 1;
            }
        }
    }
    pattern[sign..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_whole_names() {
        for (name, pattern) in [
            ("3.20", "3.20"),
            ("3.20.1", "3.*"),
            ("3.20.1", "*.1"),
            ("3.20.1", "3?20*"),
            ("latest", "*"),
            ("", "*"),
            ("aXbXc", "a*X*c"),
            ("aab", "*ab"),
            ("日本", "?本"),
        ] {
            assert!(is_like(name, pattern), "{name} {pattern}");
        }
        for (name, pattern) in
            [("3.20", "3"), ("3.20", ""), ("3.20", "3.2"), ("13.20", "3.*"), ("3.20", "3.20?"), ("a", "[a]")]
        {
            assert!(!is_like(name, pattern), "{name} {pattern}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!is_like(&"a".repeat(5_000), &format!("{}b", "*a".repeat(200))));
    }
}
