#!/bin/sh
# Builds everything and runs every test. Installs what that needs on Debian 12 (as root or with sudo).
#
#   sh tests/run.sh          about 20 minutes the first time, 6 after that, on two cores
#   sh tests/run.sh --long   fuzzes for a minute each, compiles every header alone, tries Node 18
set -eu
cd "$(dirname "$0")/.."
. tests/install.sh

fuzz_seconds=5
long=OFF
case "${1-}" in
  '') ;;
  --long) fuzz_seconds=60 long=ON ;;
  *) echo "usage: sh tests/run.sh [--long]" >&2; exit 2 ;;
esac

install_packages $build_packages git curl ca-certificates clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev \
  libsimdjson-dev libbenchmark-dev valgrind doxygen chromium python3-twilio php-cli
install_node
install_npm
mkdir -p build
[ $long = OFF ] || npm install --prefix build/node18 --no-audit --no-fund --loglevel=error node@18

configure() {
  build=$1; shift
  cmake -S . -B "$build" -G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@" >build/configure.log 2>&1 || {
    cat build/configure.log
    exit 1
  }
}

echo 'Building with GCC: the tests, the examples, the emulator, WebAssembly, the page'
configure build -DTASKROUTER_BUILD_TESTS=ON -DTASKROUTER_SANITIZE=OFF -DTASKROUTER_FUZZ_SECONDS=$fuzz_seconds \
  -DTASKROUTER_HEADERS_ALONE=$long
cmake --build build
echo 'Building with Clang and its sanitizers: the tests of the headers'
configure build/clang -DCMAKE_CXX_COMPILER=clang++-14 -DTASKROUTER_BUILD_PROGRAMS=OFF
cmake --build build/clang

ctest --test-dir build/clang --output-on-failure --no-tests=error -j 2
ctest --test-dir build --output-on-failure --no-tests=error -j 2
