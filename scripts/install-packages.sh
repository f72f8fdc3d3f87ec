#!/bin/sh
# Installs the Debian packages that a task needs, only those that are missing; without any missing it does nothing.
# Usage: scripts/install-packages.sh build|demo|test ...
set -eu

# gcc and binutils link the native executables against a static libc and zlib.
build="gcc libc6-dev zlib1g-dev binutils make"
demo="podman runc iproute2 curl busybox-static make"
# tmux is a terminal for what follows a log or watches a list.
# iptables holds the old and the new variety; the emulator runs other kernels than this machine's.
test="$demo containerd containernetworking-plugins nftables iptables strace iputils-ping procps qemu-system-x86 cpio tmux tcpdump"
# PostgreSQL is one of the log server's stores; Chromium opens its page; faketime sets a clock back.
test="$test postgresql chromium faketime"
# Node comes in many ways: Debian's only where there is none.
command -v npm >/dev/null || test="$test nodejs npm"

packages_of() {
    case $1 in
        build) echo "$build" ;;
        demo) echo "$demo" ;;
        test) echo "$test" ;;
        *)
            echo "usage: $0 build|demo|test ..." >&2
            exit 2
            ;;
    esac
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

[ $# -gt 0 ] || packages_of nothing
wanted=
for task in "$@"; do
    names=$(packages_of "$task")
    wanted="$wanted $names"
done

if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian system: make sure that the programs of these packages are installed:$wanted" >&2
    exit 0
fi

missing=
for package in $wanted; do
    is_installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "Missing packages:$missing. Install them with: sudo $0 $*" >&2
    exit 1
fi

echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# Names are separated by spaces on purpose.
# shellcheck disable=SC2086
apt-get install -q -y --no-install-recommends $missing
