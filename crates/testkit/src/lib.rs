//! For tests only: fresh databases, real servers, builders.
