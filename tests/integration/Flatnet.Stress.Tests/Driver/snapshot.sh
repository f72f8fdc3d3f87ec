#!/bin/sh
# Prints what the plugin can leave on a host, one thing a line, by programs that are not ours. Containers' addresses only when
# their names are in NODES.
for link in /sys/class/net/*; do
  name=${link##*/}
  [ "$name" = lo ] || echo "link $name"
  [ ! -e "$link/brport/bridge" ] || { master=$(readlink "$link/brport/bridge"); echo "port ${master##*/} $name"; }
done
nft list ruleset | sed -n -e 's/^table /table /p' -e 's/.* comment "\(.*\)".*/rule \1/p'
for file in /var/lib/cni/*/ipam.json; do
  [ ! -e "$file" ] || { network=${file%/*}; printf 'state %s ' "${network##*/}"; tr -d '\n' < "$file"; echo; }
done
for node in $NODES; do
  ip -n "$node" -o -4 addr show scope global | while read -r index interface family address rest; do echo "address $node $interface $address"; done
  ip -n "$node" -o link show type veth | sed -n "s/^[0-9]*: \([^@]*\)@.*link\/ether \([^ ]*\).*/mac $node \1 \2/p"
done
