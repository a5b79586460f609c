#!/usr/bin/env bash
# Seconds from the text of a diagram to its SVG, beside merman and Graphviz on the same graphs in the same run.
#
#   benches/draw.sh TOOLS
#
# TOOLS holds `gen_graph.py`, which makes graphs. merman is built apart from Merrow (`benches/peer`) and draws in process, with its
# default layout, which is dagre; `dot` is Debian's graphviz, a process of its own. The ratios are what counts.
set -euo pipefail
tools="$(realpath "$1")"
cd "$(dirname "$0")/.."
work="target/bench/draw"
rm -rf "$work" && mkdir -p "$work"

# The diagrams of the fixture, and graphs of four sizes.
awk -v work="$work" '/^```mermaid/ { file = sprintf("%s/fixture-%d.mmd", work, ++n); next } /^```/ { file = "" } file { print > file }' \
  fixtures/homelab/proxmox-high-availability-homelab.md
for n in 100 1000 5000 20000; do
  python3 "$tools/gen_graph.py" "$n" mmd >"$work/graph-$n.mmd"
done
python3 "$tools/gen_graph.py" 1000 dot >"$work/graph-1000.dot"

cargo bench --quiet --locked --bench draw --no-run
cargo build --quiet --release --manifest-path benches/peer/Cargo.toml
CARGO_TARGET_DIR="$(realpath target)" cargo bench --quiet --locked --bench draw -- "$PWD/$work"/*.mmd >"$work/merrow"
benches/peer/target/release/peer "$work"/fixture-*.mmd "$work"/graph-{100,1000}.mmd >"$work/merman"
TIMEFORMAT=%R
{ time dot -Tsvg "$work/graph-1000.dot" >/dev/null; } 2>"$work/dot"

of() { awk -v name="$2" 'index($1, name) { sum += $2 } END { print sum + 0 }' "$work/$1"; }
awk -v f="$(of merrow fixture-)" -v pf="$(of merman fixture-)" -v g="$(of merrow graph-1000.)" -v pg="$(of merman graph-1000.)" \
  -v dot="$(cat "$work/dot")" -v large="$(of merrow graph-20000.)" 'BEGIN {
  printf "fixture      %8.2f ms, merman %8.2f ms: ratio %.3f (at most 0.1)\n", f * 1e3, pf * 1e3, f / pf
  printf "1 000 nodes  %8.2f ms, merman %8.2f ms: ratio %.3f (at most 0.25)\n", g * 1e3, pg * 1e3, g / pg
  printf "1 000 nodes  %8.2f ms, dot    %8.2f ms: ratio %.3f (at most 0.1)\n", g * 1e3, dot * 1e3, g / dot
  printf "20 000 nodes %8.2f ms: %.1f times 1 000 nodes (at most 40)\n", large * 1e3, large / g
}'
