#!/bin/bash
# Shows Flatnet working: a web server in a Podman container, reached at an address of its own.
# Needs root, the built plugin (`make build`) and the packages of `scripts/install-packages.sh demo`; `make demo` sees to all of it.
#
#   scripts/demo.sh          run the demo and clean up
#   KEEP=1 scripts/demo.sh   leave the container running
#   scripts/demo.sh remove   remove what KEEP=1 left
#
# Podman gets its own storage, configuration and address state under $home and $run. What is real is the network:
# flatnet-br0 with 10.87.1.1 in this machine's own network namespace.
set -euo pipefail

readonly subnet=10.87.1.0/24
readonly bridge=flatnet-br0
readonly container=flatnet-demo
readonly home=/var/lib/flatnet-demo
readonly run=/run/flatnet-demo
repository=$(cd "$(dirname "$0")/.." && pwd)
readonly repository

say() {
    printf '%s\n' "$*"
}

refuse() {
    printf 'demo: %s\n' "$*" >&2
    exit 1
}

demo_podman() {
    CONTAINERS_CONF=$home/containers.conf podman \
        --root "$home/storage" --runroot "$run/storage" --tmpdir "$run/tmp" --storage-driver vfs "$@"
}

check_requirements() {
    [ "$(id -u)" -eq 0 ] || refuse "this needs root, to make a bridge: sudo make demo"
    local program
    for program in podman runc curl ip busybox tar make; do
        command -v "$program" >/dev/null || refuse "$program is missing: scripts/install-packages.sh demo installs it"
    done
    [ -x "$repository/artifacts/cni/flatnet" ] || refuse "the plugin is not built yet: make build"
    [ ! -e "$home" ] || refuse "an earlier demo is still there. Remove it with: sudo $repository/scripts/demo.sh remove"
}

# Somebody's own network must not be taken over, not even for a few seconds.
check_network_is_free() {
    if ip link show "$bridge" >/dev/null 2>&1; then
        ip link show "$bridge" | grep -q 'alias flatnet' || refuse "there is already an interface $bridge, and it is not Flatnet's."
        [ -z "$(ip link show master "$bridge")" ] ||
            refuse "Flatnet is in use on this machine already: there are containers on $bridge. Try: podman run --network flatnet ..."
    fi
    local taken
    taken=$(ip -4 route show table all root "$subnet" | grep -v "dev $bridge" | head -n 1 || true)
    [ -z "$taken" ] || refuse "$subnet is already in use on this machine: $taken"
    taken=$(ip -4 route show match "$subnet" | grep -v -e "dev $bridge" -e ^default || true)
    [ -z "$taken" ] || say "Note: while the demo runs, it takes $subnet out of this route: $taken"
}

install_privately() {
    mkdir -m 700 -p "$home" "$run"
    make --no-print-directory --silent -C "$repository" install DESTDIR="$home/prefix"
    mkdir "$home/networks"
    # The shipped network, except that addresses and log of the demo stay with the demo.
    sed -e "s|\"type\": \"flatnet\",|& \"logFile\": \"$home/cni.log\",|" \
        -e "s|\"type\": \"flatnet-ipam\",|& \"dataDir\": \"$home/addresses\",|" \
        "$home/prefix/etc/cni/net.d/10-flatnet.conflist" >"$home/networks/10-flatnet.conflist"
    cat >"$home/containers.conf" <<CONFIGURATION
[network]
network_backend = "cni"
cni_plugin_dirs = ["$home/prefix/opt/cni/bin"]
network_config_dir = "$home/networks"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
runtime = "runc"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
CONFIGURATION
}

# An image of nothing but busybox: no registry is asked.
make_image() {
    local root=$home/image
    mkdir -p "$root/bin" "$root/www/cgi-bin"
    cp "$(command -v busybox)" "$root/bin/busybox"
    local applet
    for applet in sh httpd hostname; do
        ln -s busybox "$root/bin/$applet"
    done
    cat >"$root/www/cgi-bin/index.cgi" <<'PAGE'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\n'
echo "Hello from the container $(hostname). You came from $REMOTE_ADDR."
PAGE
    chmod 755 "$root/www/cgi-bin/index.cgi"
    tar --create --directory "$root" . | demo_podman import --quiet - localhost/flatnet-demo >/dev/null
}

inspect() {
    demo_podman inspect --format "{{.NetworkSettings.Networks.flatnet.$1}}" "$container"
}

fetch_page() {
    curl --silent --show-error --fail --noproxy '*' --max-time 5 --retry 10 --retry-delay 0 --retry-connrefused "http://$1/"
}

remove() {
    if [ -e "$home/containers.conf" ]; then
        demo_podman rm --force --time 0 --ignore "$container" >/dev/null 2>&1 || true
        # Podman mounts its storage onto itself.
        umount -l "$home/storage" "$home/storage/vfs" 2>/dev/null || true
    fi
    find /sys/fs/cgroup -depth -type d -path "*/$container*" -exec rmdir {} + 2>/dev/null || true
    rm -rf "$home" "$run"
}

finish() {
    local status=$?
    trap - EXIT
    if [ "$status" -ne 0 ]; then
        printf 'demo: failed' >&2
        [ ! -s "$home/cni.log" ] || { printf '; what the plugin logged last:\n' && tail -n 5 "$home/cni.log"; } >&2
        printf '\n' >&2
    fi
    remove
    exit "$status"
}

show() {
    say "Flatnet: one flat address for every container"
    say
    demo_podman run --detach --name "$container" --hostname "$container" --cgroup-parent "/$container" \
        --network flatnet localhost/flatnet-demo httpd -f -p 0.0.0.0:80 -h /www >/dev/null
    local address mac
    address=$(inspect IPAddress)
    mac=$(inspect MacAddress)
    say "1. Started a web server with 'podman run --network flatnet', no port published."
    say "   Address $address, MAC $mac, on $bridge ($(ip -o -4 address show "$bridge" | awk '{ print $4 }'))."
    say "2. \$ curl http://$address/"
    say "   $(fetch_page "$address")"

    demo_podman stop --time 1 "$container" >/dev/null 2>&1
    # Not asked whether anybody answers there now: with its last container the bridge has gone, and the question would leave the host.
    [ "$had_bridge" = yes ] || ! ip link show "$bridge" >/dev/null 2>&1 || refuse "the bridge is still there after its last container has stopped"
    demo_podman start "$container" >/dev/null
    [ "$(inspect IPAddress)" = "$address" ] || refuse "the address changed from $address to $(inspect IPAddress)"
    [ "$(inspect MacAddress)" = "$mac" ] || refuse "the MAC changed from $mac to $(inspect MacAddress)"
    say "3. Stopped it and started it again: still $address, still $mac."
    say "   $(fetch_page "$address")"
}

main() {
    check_requirements
    check_network_is_free
    local had_bridge=no
    ! ip link show "$bridge" >/dev/null 2>&1 || had_bridge=yes
    trap finish EXIT
    install_privately
    make_image
    show

    say
    if [ "${KEEP:-}" = 1 ]; then
        trap - EXIT
        say "It keeps running: try curl http://$(inspect IPAddress)/ from here."
        say "Remove it with: sudo $repository/scripts/demo.sh remove"
        return
    fi
    trap - EXIT
    remove
    if [ "$had_bridge" = no ] && ip link show "$bridge" >/dev/null 2>&1; then
        refuse "removed, but $bridge is still there"
    fi
    say "4. Removed it: bridge, rules, addresses and files are gone. IP forwarding stays on."
}

case ${1:-} in
    '') main ;;
    remove)
        [ "$(id -u)" -eq 0 ] || refuse "this needs root: sudo $0 remove"
        remove
        say "The demo is removed."
        ;;
    *) refuse "usage: [KEEP=1] $0 [remove]" ;;
esac
