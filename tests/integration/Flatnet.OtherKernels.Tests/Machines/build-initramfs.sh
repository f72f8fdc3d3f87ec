#!/bin/sh
# Usage: build-initramfs.sh <unpacked kernel package> <plugin> <directory of guest-init.sh and agent.sh> <output>
# Builds the guest's whole file system: busybox, the plugin, the modules of the network, and the tools to look with.
set -eu
kernel=$1 plugin=$2 scripts=$3 output=$4
root=$(mktemp -d "${TMPDIR:-/tmp}/flatnet-initramfs.XXXXXX")
trap 'rm -rf "$root"' EXIT
version=$(ls "$kernel/lib/modules")

mkdir -p "$root/bin" "$root/usr/sbin" "$root/dev" "$root/proc" "$root/sys" "$root/run" "$root/tmp" "$root/etc" \
    "$root/var/lib" "$root/var/log" "$root/run/flatnet-test/bin"
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$scripts/guest-init.sh" "$root/init"
chmod 755 "$root/init"
cp "$scripts/agent.sh" "$root/agent.sh"

# A program with the libraries it names; a static one names none.
add_program() {
    mkdir -p "$root$(dirname "$2")"
    cp -L "$1" "$root$2"
    chmod 755 "$root$2"
    for library in $(ldd "$1" 2>/dev/null | grep -o '/[^ ]*'); do
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
}
add_program "$plugin" /run/flatnet-test/bin/flatnet
ln -s flatnet "$root/run/flatnet-test/bin/flatnet-ipam"
# busybox's shell prefers its own `ip`, so jobs are run by dash.
add_program "$(command -v dash)" /bin/sh
for tool in ip bridge nft; do
    add_program "$(command -v "$tool")" "/usr/sbin/$tool"
done
# iptables is kept off the PATH: a test that wants the tool puts its directory there.
add_program "$(command -v xtables-legacy-multi)" /run/flatnet-test/iptables/xtables-legacy-multi
ln -s xtables-legacy-multi "$root/run/flatnet-test/iptables/iptables"
extensions=$(dirname "$(find /usr/lib -name libxt_comment.so | head -n 1)")
mkdir -p "$root$(dirname "$extensions")"
cp -r "$extensions" "$root$extensions"

modules=lib/modules/$version
for directory in net/bridge net/802 net/8021q net/llc net/netfilter net/ipv4/netfilter net/ipv6/netfilter drivers/virtio \
    drivers/net/veth.ko drivers/char/virtio_console.ko lib/libcrc32c.ko; do
    mkdir -p "$root/$modules/kernel/$(dirname "$directory")"
    cp -r "$kernel/$modules/kernel/$directory" "$root/$modules/kernel/$(dirname "$directory")/"
done
cp "$kernel/$modules"/modules.builtin* "$kernel/$modules/modules.order" "$root/$modules/"
busybox depmod -b "$root" "$version"

cd "$root"
find . | cpio --quiet -o -H newc >"$output"
