//! Reports: what was due and was met (`crate::clocks::report`), how many people the coming days take, and whether like cases are handled alike.

pub(crate) mod chart;
pub(crate) mod consistency;
pub(crate) mod consistency_pages;
pub(crate) mod frame;
pub(crate) mod staffing;
pub(crate) mod staffing_pages;
