#!/bin/sh
# Measures the main job beside its peers, in one run, and prints the README's table.
#   sh tests/bench/run.sh
set -eu
cd "$(dirname "$0")/../.."
. tests/install.sh
install_packages g++ cmake ninja-build nlohmann-json3-dev libsimdjson-dev libbenchmark-dev libssl-dev libcurl4-openssl-dev valgrind
install_node
command -v npm >/dev/null || install_packages npm
mkdir -p build/bench

g++ -std=c++20 -O2 -DNDEBUG -Iinclude "-DBENCH_FOLDER=\"$PWD/tests/bench\"" \
  tests/bench/accept_reservation.cpp tests/bench/create_task.cpp tests/bench/workers_page.cpp tests/bench/allocations.cpp \
  -lbenchmark -lsimdjson -lpthread -o build/bench/client
if [ ! -d build/bench/node_modules/twilio ]; then
  npm install --prefix build/bench --no-audit --no-fund --no-package-lock --loglevel=error twilio@6 >/dev/null
fi
build/bench/client --benchmark_repetitions=9 --benchmark_min_time=0.2 --benchmark_enable_random_interleaving=true \
  --benchmark_report_aggregates_only=true --benchmark_out=build/bench/cpp.json --benchmark_out_format=json >/dev/null
for size in 50 1000; do build/bench/client --page $size >build/bench/page_$size.json; done
node tests/bench/twilio_node.mjs build/bench tests/bench build/bench/page_50.json build/bench/page_1000.json >build/bench/node.json || echo '{}' >build/bench/node.json
node tests/bench/table.mjs build/bench/cpp.json build/bench/node.json
g++ -std=c++20 -O2 -DNDEBUG -Iinclude "-DBENCH_FOLDER=\"$PWD/tests/bench\"" tests/bench/instructions.cpp -o build/bench/instructions
sh tests/bench/instructions.sh build/bench/instructions

echo
g++ -std=c++20 -O2 -DNDEBUG -Iinclude "-DCALLBACK_FORM=\"$PWD/tests/bench/callback.txt\"" \
  tests/bench/signature.cpp -lbenchmark -lpthread -lcrypto -o build/bench/signature
node tests/bench/signature.mjs build/bench tests/bench/callback.txt build/bench/signature

echo
g++ -std=c++20 -O2 -DNDEBUG -Iinclude "-DRESERVATION_JSON=\"$PWD/tests/bench/reservation.json\"" \
  tests/bench/transports.cpp -lcurl -lpthread -o build/bench/transports
build/bench/transports

# The emulator: operations a second as tasks and workers grow in number.
g++ -std=c++20 -O2 -DNDEBUG -Iinclude tests/bench/emulator.cpp -o build/bench/emulator
build/bench/emulator
