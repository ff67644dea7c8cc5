//! One folder for each way in and out. This list of channels is what the server starts.
