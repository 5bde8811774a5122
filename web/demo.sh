#!/bin/sh
# Accepts a reservation: first natively, then in your browser. Installs what that needs on Debian 12
# (as root or with sudo).
#
#   sh web/demo.sh           tells the story in the terminal, then serves the page until Ctrl-C
#   sh web/demo.sh --check   the same, but ends once the page has been served
#   sh web/demo.sh --live    serves the page with a proxy to your Twilio account: it holds the credentials
#                            of TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and
#                            TWILIO_API_SECRET), so that the page needs none
set -eu
cd "$(dirname "$0")/.."
. tests/install.sh

check=
live=
case "${1-}" in
  '') ;;
  --check) check=yes ;;
  --live) live=yes ;;
  *) echo "usage: sh web/demo.sh [--check | --live]" >&2; exit 2 ;;
esac
install_node
[ -z "$live" ] || node web/proxy/proxy.mjs --check # Said now, not after minutes of building.
install_packages $build_packages

targets=site
[ -n "$live" ] || targets='accept_reservation site'
echo "Building: $targets"
mkdir -p build
cmake -S . -B build -G Ninja -DTASKROUTER_BUILD_TESTS=OFF >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
cmake --build build --target $targets

if [ -n "$live" ]; then
  echo 'The page and its proxy, until you press Ctrl-C. Open the link as it is:'
  exec node web/proxy/proxy.mjs build/site
fi

echo
build/bin/accept_reservation
echo
if [ -z "$check" ]; then
  echo 'The page, until you press Ctrl-C:'
  exec node web/serve.mjs build/site
fi

node web/serve.mjs build/site >build/serve.log &
server=$!
trap 'kill $server' EXIT
for try in 1 2 3 4 5 6 7 8 9 10; do
  url=$(grep -o 'http://[^ ]*' build/serve.log || true)
  [ -z "$url" ] || break
  sleep 0.5
done
node -e "
  Promise.all(['', 'page.mjs', 'styles/page.css', 'emulator.wasm'].map(async (path) => {
    const response = await fetch(new URL(path, '$url'));
    if (!response.ok) throw new Error(path + ': ' + response.status);
  })).then(() => console.log('The page is whole at $url'))"
