#!/bin/sh
# Measures what the library costs to compile: GCC, -O0, seconds of processor time. Each program is compiled in
# turn, round by round, and its least time counts: what else the machine does only ever adds.
#   sh tests/bench/compile_cost.sh [ROUNDS]
set -eu
cd "$(dirname "$0")/../.."
. tests/install.sh
install_packages g++ nlohmann-json3-dev
folder=build/bench/compile_cost
mkdir -p $folder

program() { cat >"$folder/$1.cpp"; }
program string <<'CPP'
#include <string>
CPP
program usual <<'CPP'
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
CPP
program nlohmann <<'CPP'
#include <nlohmann/json.hpp>
CPP
program header <<'CPP'
#include "taskrouter/taskrouter.hpp"
CPP
program one <<'CPP'
#include "taskrouter/taskrouter.hpp"
using namespace taskrouter;
struct Stub {
  Result<Response> send(const Request&) { return Response{}; }
};
std::string accept(Client<Stub>& client, WorkspaceSid workspace, TaskSid task, ReservationSid reservation) {
  const auto accepted = client.send(reservations::accept(workspace, task, reservation));
  return accepted ? accepted->worker_name : describe(accepted.error());
}
CPP
program all <<'CPP'
#include "taskrouter/taskrouter.hpp"
using namespace taskrouter;
int count(const Endpoint& endpoint, const Response& response) {
  int good = 0;
  for_each_operation([&]<class Op>() {
    good += build(Op{}, endpoint).has_value();
    good += parse<Op>(response).has_value();
  });
  return good;
}
CPP

: >$folder/rounds
programs='string usual nlohmann header one all'
for round in $(seq "${1:-5}"); do
  for name in $programs; do
    # The second line of `times` is what the children took: user, system.
    (g++ -std=c++20 -O0 -Iinclude -w -c $folder/$name.cpp -o $folder/$name.o; times) >$folder/times
    echo "$name $(tail -1 $folder/times)" >>$folder/rounds
  done
done
awk '
  function seconds(text, parts) { split(text, parts, /[ms]/); return parts[1] * 60 + parts[2] }
  { took = seconds($2) + seconds($3); if (!($1 in least) || took < least[$1]) least[$1] = took }
  function row(name, what) { printf "| %s | %.2f s | %.1f |\n", what, least[name], least[name] / least["string"] }
  END {
    print "| | time | against `<string>` |"
    print "|---|---|---|"
    row("string", "`<string>`")
    row("usual", "seven usual headers of the standard library")
    row("nlohmann", "`nlohmann/json.hpp`")
    row("header", "`taskrouter.hpp`")
    row("one", "`taskrouter.hpp`, one operation used")
    row("all", "`taskrouter.hpp`, all 61 operations used")
  }' $folder/rounds
