#!/bin/sh
# Makes the kernel of --on=uml:aufs: that of Ubuntu 22.04, the last one that comes with aufs, as a
# program (ARCH=um). It wants gcc, make, flex, bison, bc, bzip2, curl and dpkg, 3 GB below TMPDIR
# while it works, and ten minutes of two processors. What it makes stays in the cache of the user.
set -eu

# What a release was published with stays in the archive; its updates do not.
package=linux-source-5.15.0_5.15.0-25.25_all.deb
url="http://archive.ubuntu.com/ubuntu/pool/main/l/linux/$package"
sha256=c859af82db5c991e838ac9d43858a8b65d91d0fc537ba9d7488594e6c2304471

here=$(cd "$(dirname "$0")" && pwd)
place="${XDG_CACHE_HOME:-$HOME/.cache}/union-conformance/aufs-kernel"

say() { printf 'aufs-kernel: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

for program in gcc make flex bison bc bzip2 curl dpkg-deb; do
  command -v "$program" >/dev/null ||
    fail "there is no $program: apt-get install gcc libc6-dev make flex bison bc bzip2 curl dpkg"
done

workshop=$(mktemp -d)
trap 'rm -rf "$workshop"' EXIT
trap 'exit 130' INT TERM
cd "$workshop"

say "fetches $url (153 MB)"
curl --fail --silent --show-error --retry 3 --output "$package" "$url"
echo "$sha256  $package" | sha256sum --check --status || fail "$url is not what was pinned: $(sha256sum "$package")"
say 'unpacks it'
dpkg-deb --fsys-tarfile "$package" | tar --extract --to-stdout --wildcards './*/linux-source-*.tar.bz2' |
  tar --extract --bzip2 --strip-components=1
rm "$package"

say 'builds it'
build() { make ARCH=um KCONFIG_ALLCONFIG="$here/kernel.config" "$@" >build.log 2>&1; }
if ! build allnoconfig || ! build --jobs="$(nproc)" linux; then
  tail -n 20 build.log >&2
  fail 'it cannot be built'
fi

mkdir -p "$place"
strip --output-file="$place/linux.new" linux
mv "$place/linux.new" "$place/linux"
say "ready: $place/linux, Linux $("$place/linux" --version); npm run conformance -- --on=uml:aufs --backend=aufs"
