//! The pages: agents' desk and settings, and the live layer under them.
