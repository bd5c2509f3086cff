//! Fingerprints of passages, and which passages are copies of which.
