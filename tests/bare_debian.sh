#!/bin/sh
# The trial of a first start: a fresh clone of this checkout on a bare Debian 12 (Python 3.11 with pip, nothing else).
# Not part of `./run test`: needs root, mmdebstrap and the network, and a few minutes.
#
#   sh tests/bare_debian.sh FOLDER ./run demo --no-serve
#   sh tests/bare_debian.sh FOLDER .ci/run
#   sh tests/bare_debian.sh FOLDER sh -c 'apt-get update && apt-get install -y PACKAGE'
#
# The first call makes the Debian root in FOLDER and clones what is committed into it; the next ones go on there, so
# that a second start can be tried too. `rm -r FOLDER` forgets it all, `rm -r FOLDER/srv/paragraph8` the clone.
# Of this machine the root sees the network, the certificates it trusts, its name servers, the addresses of its proxies
# and package indexes, and a copy of the folder P8_REFERENCE_DATA. Nothing stays mounted, and all processes of the
# command end with it.
set -eu

if [ $# -lt 2 ]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 2
fi
checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
mkdir -p -- "$(dirname -- "$1")"
root=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd -P)/$(basename -- "$1")
shift

make_root() {
    set --
    for list in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do
        if grep -qs bookworm "$list"; then set -- "$@" "$list"; fi
    done
    mmdebstrap --variant=minbase --include=python3,python3-pip,ca-certificates bookworm "$root.new" "$@"
    mv -- "$root.new" "$root"
}

[ -d "$root" ] || make_root
[ -d "$root/srv/paragraph8" ] || git clone --quiet --no-hardlinks "$checkout" "$root/srv/paragraph8"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"

# The command, in front of it the variables it sees: the list grows from its end.
set -- sh -c 'cd /srv/paragraph8 && exec "$@"' sh "$@"
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY \
    PIP_INDEX_URL PIP_DEFAULT_TIMEOUT UV_DEFAULT_INDEX UV_INDEX_URL UV_HTTP_TIMEOUT CI P8_TEST_POSTGRES TERM; do
    eval "value=\${$name-}"
    if [ -n "$value" ]; then set -- "$name=$value" "$@"; fi
done
certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
if [ -e "$certificates" ]; then
    cp -L -- "$certificates" "$root/etc/ssl/certificates-of-the-host.crt"
    for name in SSL_CERT_FILE PIP_CERT REQUESTS_CA_BUNDLE CURL_CA_BUNDLE; do
        set -- "$name=/etc/ssl/certificates-of-the-host.crt" "$@"
    done
fi
if [ -n "${P8_REFERENCE_DATA:-}" ]; then
    mkdir -p "$root/srv/shared"
    cp -RL -- "$P8_REFERENCE_DATA" "$root/srv/shared/data.new"
    rm -rf "$root/srv/shared/data"
    mv "$root/srv/shared/data.new" "$root/srv/shared/data"
    set -- P8_REFERENCE_DATA=/srv/shared/data "$@"
fi
set -- env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"

# Mounts and processes of its own; the network is this machine's.
# shellcheck disable=SC2016  # expanded inside
exec unshare --mount --pid --fork --kill-child sh -euc '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --rbind /sys "$root/sys"
    exec chroot "$root" "$@"
' sh "$root" "$@"
