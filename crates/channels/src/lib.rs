//! One folder for each way in and out. `desk` reaches them only through its trait `Channel`; the server hands them in.

pub mod email;
