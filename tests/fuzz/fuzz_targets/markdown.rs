#![no_main]

#[allow(dead_code, reason = "each target keeps one of the laws")]
#[path = "../laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::markdown(text));
