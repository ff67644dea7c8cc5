//! How much memory the largest mails take to read, measured at the allocator. Alone in its program, so that nothing else counts.

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes that reading a mail takes at its peak, beside the mail itself.
fn peak(raw: &[u8]) -> (usize, base::mail::ParsedMail) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let mail = base::mail::parse(raw);
    (ALLOCATOR.peak_usage().saturating_sub(before), mail)
}

const MEGABYTE: usize = 1024 * 1024;

#[test]
fn the_largest_mails_take_little_more_memory_than_they_are_long() {
    let head = "From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    let line = format!("{}\r\n", "QUJD".repeat(19));
    let file = format!("{head}{}--x--\r\n", line.repeat(50 * MEGABYTE / line.len()));
    let (used, mail) = peak(file.as_bytes());
    assert!(mail.attachments[0].size > 36 * MEGABYTE);
    println!("50 MB with one attachment: {} MB at the peak beside the mail", used / MEGABYTE);
    assert!(used < 45 * MEGABYTE, "{used}");
    drop((mail, file));

    let text = format!("From: a@b.example\r\n\r\n{}", "All work and no play.\r\n".repeat(50 * MEGABYTE / 23));
    let (used, _) = peak(text.as_bytes());
    println!("50 MB of text: {} MB", used / MEGABYTE);
    assert!(used < 40 * MEGABYTE, "{used}");
    drop(text);

    let html = format!(
        "From: a@b.example\r\nContent-Type: text/html\r\n\r\n{}",
        "<p>All work <b>and</b> no play</p>\r\n".repeat(50 * MEGABYTE / 36)
    );
    let (used, _) = peak(html.as_bytes());
    println!("50 MB of HTML: {} MB", used / MEGABYTE);
    assert!(used < 90 * MEGABYTE, "{used}");
    drop(html);

    let people: Vec<String> = (0..10_000).map(|n| format!("\"Person {n}\" <person{n}@customer.example>")).collect();
    let many = format!("From: a@b.example\r\nTo: {}\r\n\r\nhello\r\n", people.join(",\r\n "));
    let (used, mail) = peak(many.as_bytes());
    assert_eq!(mail.to.len(), 10_000);
    println!("10,000 recipients: {} MB", used / MEGABYTE);
    assert!(used < 10 * MEGABYTE, "{used}");
}
