# The commands people use; `just` lists them.

_default:
    @just --list --unsorted

# Rapport on its embedded store with demonstration data
demo:
    cargo run --release -- demo

# Rapport as `rapport.toml` and the environment say
run *arguments:
    cargo run -- serve {{ arguments }}

# The fast loop: format, lints, unit tests on both databases
check:
    bin/test format lints unit

# Everything, or the steps named: just test unit browser
test *steps:
    bin/test {{ steps }}

# Formats all code
fmt:
    cargo fmt --all
