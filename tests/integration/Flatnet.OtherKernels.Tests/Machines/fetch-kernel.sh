#!/bin/sh
# Usage: fetch-kernel.sh <cache directory>
# Prints where Debian's kernel package lies unpacked; fetches it the first time. It is never installed.
set -eu
mkdir -p "$1"
cd "$1"
exec 9>lock
flock 9
for unpacked in linux-image-*/; do
    if [ -d "$unpacked" ]; then
        printf '%s\n' "$PWD/${unpacked%/}"
        exit 0
    fi
done

package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: *\(linux-image-[0-9][^ ]*\)$/\1/p' | head -n 1)
if [ -z "$package" ]; then
    echo 'apt knows no linux-image-cloud-amd64; run "apt-get update"' >&2
    exit 1
fi
rm -rf unfinished
mkdir unfinished
(cd unfinished && apt-get -q -o APT::Sandbox::User=root download "$package") >&2
dpkg-deb -x unfinished/*.deb unfinished/tree
mv unfinished/tree "$package"
rm -rf unfinished
printf '%s\n' "$PWD/$package"
