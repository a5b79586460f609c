#!/usr/bin/env bash
# CPU seconds of `merrow check` over many posts, beside a bare Markdown pass over the same files in the same run.
#
#   benches/check.sh TOOLS [ROUNDS]
#
# TOOLS holds `gen_corpus.py`, which makes the posts, and the crate `mdscan`, which reads each file with pulldown-cmark
# and counts events. The ratio is what counts: both run in turn, so a slow or busy machine slows both.
set -euo pipefail
tools="$(realpath "$1")"
rounds="${2:-5}"
cd "$(dirname "$0")/.."
work="target/bench"
mkdir -p "$work"

[ -d "$work/posts" ] || python3 "$tools/gen_corpus.py" fixtures/homelab/proxmox-high-availability-homelab.md "$work/posts" 2000
cargo build --quiet --release --locked
rm -rf "$work/mdscan" && cp -r "$tools/mdscan" "$work/mdscan" && chmod -R u+w "$work/mdscan"
CARGO_TARGET_DIR="$work/mdscan-target" cargo build --quiet --release --locked --manifest-path "$work/mdscan/Cargo.toml"

# CPU seconds, user and system, of a command whose output is thrown away; `check` exits with 1 for findings.
TIMEFORMAT='%U %S'
cpu() { { time "$@" >"$work/out" 2>&1 || true; } 2>&1 | awk '{ print $1 + $2 }'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

: >"$work/check" && : >"$work/bare"
for _ in $(seq "$rounds"); do
  cpu target/release/merrow check --output-format json "$work/posts" >>"$work/check"
  cpu "$work/mdscan-target/release/mdscan" "$work/posts" >>"$work/bare"
done
check="$(median <"$work/check")"
bare="$(median <"$work/bare")"
awk -v check="$check" -v bare="$bare" 'BEGIN {
  printf "check %.3f s, bare pass %.3f s of CPU (medians): ratio %.1f\n", check, bare, check / bare
}'
