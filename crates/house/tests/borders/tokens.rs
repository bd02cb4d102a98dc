//! Tokens of Rust sources.

/// Returns true for an identifier or keyword.
pub(crate) fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Splits a source into names, `::` and single signs, without comments, strings, characters and lifetimes.
pub(crate) fn tokens(source: &str) -> Vec<String> {
    let letters: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        if letter == '/' && next == '/' {
            at += letters[at..].iter().take_while(|letter| **letter != '\n').count();
        } else if letter == '/' && next == '*' {
            at = skip_block_comment(&letters, at);
        } else if letter == 'r' && (next == '"' || next == '#') && raw_string_end(&letters, at).is_some() {
            at = raw_string_end(&letters, at).expect("an end");
        } else if letter == '"' {
            at = skip_quoted(&letters, at, '"');
        } else if letter == '\'' {
            // A character, or else a lifetime.
            let is_character = next == '\\' || letters.get(at + 2) == Some(&'\'');
            at = if is_character { skip_quoted(&letters, at, '\'') } else { at + 1 };
        } else if letter.is_alphanumeric() || letter == '_' {
            let name: String =
                letters[at..].iter().take_while(|letter| letter.is_alphanumeric() || **letter == '_').collect();
            at += name.chars().count();
            tokens.push(name);
        } else if letter == ':' && next == ':' {
            tokens.push("::".to_owned());
            at += 2;
        } else {
            if !letter.is_whitespace() {
                tokens.push(letter.to_string());
            }
            at += 1;
        }
    }
    tokens
}

fn skip_quoted(letters: &[char], start: usize, quote: char) -> usize {
    let mut at = start + 1;
    while at < letters.len() && letters[at] != quote {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn skip_block_comment(letters: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    loop {
        match (letters.get(at), letters.get(at + 1)) {
            (Some('/'), Some('*')) => (depth, at) = (depth + 1, at + 2),
            (Some('*'), Some('/')) => (depth, at) = (depth - 1, at + 2),
            (Some(_), _) => at += 1,
            (None, _) => return at,
        }
        if depth == 0 {
            return at;
        }
    }
}

/// The end of a raw string that begins at `start`; none if there is none.
fn raw_string_end(letters: &[char], start: usize) -> Option<usize> {
    let hashes = letters[start + 1..].iter().take_while(|letter| **letter == '#').count();
    let open = start + 1 + hashes;
    if letters.get(open) != Some(&'"') {
        return None;
    }
    let mut at = open + 1;
    while at < letters.len() {
        if letters[at] == '"' && letters[at + 1..].iter().take_while(|letter| **letter == '#').count() >= hashes {
            return Some(at + 1 + hashes);
        }
        at += 1;
    }
    Some(at)
}
