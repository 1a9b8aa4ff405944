#!/bin/bash
# Runs scripts/need on a copy of this machine's files while another program holds a lock of apt's: held_locks.sh NEED LOCK SECONDS
#
# The copy lies in memory over the machine's own files (overlayfs), in a mount namespace of its own: start it by unshare -m. What is
# installed is an empty package from a directory.

set -eu
need=$1 lock=$2 seconds=$3
base=$(mktemp -d)
trap 'umount -R -l "$base"; rmdir "$base"' EXIT
mount -t tmpfs none "$base"
mkdir "$base/upper" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" "$base/root"
root=$base/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs none "$root/tmp"
cp "$need" "$root/tmp/need"

mkdir -p "$root/tmp/repository/package/DEBIAN"
cd "$root/tmp/repository"
printf '%s\n' 'Package: tcptune-needed' 'Version: 1' 'Architecture: all' 'Maintainer: nobody <nobody@localhost>' \
    'Description: nothing' >package/DEBIAN/control
dpkg-deb --build package needed.deb >/dev/null
{
    cat package/DEBIAN/control
    printf 'Filename: ./needed.deb\nSize: %s\nSHA256: %s\n' "$(stat -c %s needed.deb)" "$(sha256sum <needed.deb | cut -d' ' -f1)"
} >Packages
cd /
rm -rf "$root"/etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/tmp/repository ./' >"$root/etc/apt/sources.list"

chroot "$root" python3 -c '
import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.lockf(file, fcntl.LOCK_EX)
open("/tmp/held", "w")
time.sleep(float(sys.argv[2]))
' "$lock" "$seconds" &
holder=$!
while [ ! -e "$root/tmp/held" ]; do sleep 0.05; done
status=0
chroot "$root" env LOCK_PATIENCE="${LOCK_PATIENCE:-60}" sh /tmp/need package tcptune-needed "for a test" || status=$?
kill "$holder" 2>/dev/null || true
wait "$holder" || true
chroot "$root" dpkg-query -W -f '${db:Status-Status} of ${Package}\n' tcptune-needed 2>/dev/null || true
exit "$status"
