//! Text whose lines were split for transport (`format=flowed`, RFC 3676).

/// Joins the lines that `format=flowed` split for transport (RFC 3676).
pub(super) fn unflow(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        if open.is_some_and(|quoted| quoted != depth || content == "-- ") {
            out.push('\n');
            open = None;
        }
        if open.is_none() && depth > 0 {
            out.push_str(&line[..depth]);
            out.push(' ');
        }
        if content != "-- " && content.ends_with(' ') {
            out.push_str(if delete_space { &content[..content.len() - 1] } else { content });
            open = Some(depth);
        } else {
            out.push_str(content);
            out.push('\n');
            open = None;
        }
    }
    if out.ends_with('\n') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_joined_per_quotation() {
        assert_eq!(unflow("a \nb\n> q \n> r\nc\n-- \nsig", false), "a b\n> q r\nc\n-- \nsig");
        assert_eq!(unflow(" >not a quote \nx", true), ">not a quotex");
    }
}
