//! Answers for machines.
