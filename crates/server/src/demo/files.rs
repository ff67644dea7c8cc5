//! The files that come with the demonstration's mails.

/// The content of the file of this name.
///
/// # Panics
/// When a script names a file that is not there; a test reads them all.
pub(super) fn content(name: &str) -> &'static [u8] {
    match name {
        "broken-shade.png" => include_bytes!("files/broken-shade.png"),
        "scratched-top.png" => include_bytes!("files/scratched-top.png"),
        "checkout-error.png" => include_bytes!("files/checkout-error.png"),
        "signature-logo.png" => include_bytes!("files/signature-logo.png"),
        "invoice-LO-48213.pdf" => include_bytes!("files/invoice-LO-48213.pdf"),
        "order-list.pdf" => include_bytes!("files/order-list.pdf"),
        other => panic!("the demonstration has no file {other}"),
    }
}
