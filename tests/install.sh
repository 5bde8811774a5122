# For demo.sh and run.sh: installs what is missing, from Debian and npm, and says so. Quick the second time.

# install_packages NAME...: Debian packages.
install_packages() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
  if ! command -v apt-get >/dev/null || ! command -v ${as_root:-env} >/dev/null; then
    echo "Needed here, and not installed:$missing" >&2
    echo "Install them, or run this as root or with sudo on Debian." >&2
    return 1
  fi
  echo "Installing from Debian:$missing"
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# What compiles every program of the project but the tests.
build_packages="g++ cmake ninja-build ccache emscripten esbuild doctest-dev nlohmann-json3-dev libcurl4-openssl-dev
  libcpp-httplib-dev libssl-dev libboost-dev"

# install_node: node, wherever it came from, or else Debian's.
install_node() { command -v node >/dev/null || install_packages nodejs; }

# install_npm: what package.json names, with npm or else Debian's.
install_npm() {
  [ node_modules/.package-lock.json -nt package.json ] && return 0
  command -v npm >/dev/null || install_packages npm
  echo 'Installing from npm: what package.json names'
  npm install --no-audit --no-fund --no-package-lock --loglevel=error
}
