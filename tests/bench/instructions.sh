#!/bin/sh
# Counts the instructions that accepting a reservation takes, the request, a stub's answer and its reading: a
# figure that no load on the machine changes. Fails if they are more than MOST.
#   sh instructions.sh PROGRAM [MOST]
set -eu
rounds=100
counted=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=accept_reservation \
  "$1" $rounds 2>&1 | sed -n 's/.*Collected : \([0-9]*\).*/\1/p')
[ -n "$counted" ] || { echo "valgrind counted nothing" >&2; exit 1; }
each=$((counted / rounds))
echo "accepting a reservation takes $each instructions"
[ $each -le "${2:-$each}" ] || { echo "that is more than $2" >&2; exit 1; }
