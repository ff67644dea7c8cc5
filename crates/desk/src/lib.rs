//! The product: its rules, its data, its actions. No HTTP, no HTML.
