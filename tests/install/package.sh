#!/bin/sh
# package.sh CPACK BUILD WORK
#
# Makes the Debian package and the tarball of BUILD below WORK and runs the program of each. As root the package is
# really installed and removed again, unless one of this name is there already; else it is only unpacked.
set -eu
cpack=$1 build=$2 work=$3

fail() {
  echo "$*" >&2
  exit 1
}

rm -rf "$work"
mkdir -p "$work/empty" "$work/deb" "$work/tar"
# Nobody's settings but ours.
export HOME="$work/empty" XDG_CONFIG_HOME="$work/empty" XDG_CONFIG_DIRS="$work/empty" LC_ALL=C.UTF-8
unset DECHAFF_CONFIG || true
cd "$work/empty"

# check_tree PREFIX: what must be there, and the program does its work from there.
check_tree() {
  for file in bin/dechaff share/man/man1/dechaff.1.gz share/bash-completion/completions/dechaff \
    share/zsh/site-functions/_dechaff share/fish/vendor_completions.d/dechaff.fish \
    share/doc/dechaff/LICENSE share/doc/dechaff/copyright share/doc/dechaff/docs/cli.md \
    share/dechaff/rules/widgets.toml share/dechaff/rules.image; do
    [ -s "$1/$file" ] || fail "not in the package: $file"
  done
  got=$(printf 'Soup of the day\nLoading...\nShare on Facebook\n' | "$1/bin/dechaff")
  [ "$got" = "Soup of the day" ] || fail "$1/bin/dechaff gave: $got"
  # The shipped rules are those of the package.
  "$1/bin/dechaff" rules list | grep -q "^# shipped rules: $1/share/dechaff/rules$" || fail "other rules are used"
  gzip -dc "$1/share/man/man1/dechaff.1.gz" >"$work/dechaff.1"
  "$1/bin/dechaff" generate man | cmp - "$work/dechaff.1"
}

echo "tarball"
"$cpack" --config "$build/CPackConfig.cmake" -G TGZ -B "$work/tgz" >"$work/tgz.log"
tarball=$(find "$work/tgz" -maxdepth 1 -name 'dechaff-*-Linux-*.tar.gz')
[ -n "$tarball" ] || fail "no tarball"
tar -xzf "$tarball" -C "$work/tar"
check_tree "$work/tar/$(basename "$tarball" .tar.gz)"

command -v dpkg-shlibdeps >/dev/null && command -v file >/dev/null || {
  echo "no dpkg-shlibdeps or file: the Debian package is not tested"
  exit 0
}

echo "Debian package"
"$cpack" --config "$build/CPackConfig.cmake" -G DEB -B "$work/debs" >"$work/deb.log"
deb=$(find "$work/debs" -maxdepth 1 -name "dechaff_*-1_$(dpkg --print-architecture).deb")
[ -n "$deb" ] || fail "no package of the right name in: $(ls "$work/debs")"
for need in libc6 libicu libpcre2-8-0; do
  dpkg-deb -f "$deb" Depends | grep -q "$need" || fail "the package does not depend on $need"
done
[ "$(dpkg-deb -c "$deb" | awk '{ print $2 }' | sort -u)" = root/root ] || fail "files are not root's"

if [ "$(id -u)" = 0 ] && ! dpkg -s dechaff >/dev/null 2>&1; then
  trap 'dpkg -r dechaff >/dev/null' EXIT
  dpkg -i "$deb" >"$work/dpkg.log"
  check_tree /usr
  dpkg -r dechaff >>"$work/dpkg.log"
  trap - EXIT
  [ ! -e /usr/bin/dechaff ] || fail "something stayed behind"
else
  dpkg-deb -x "$deb" "$work/deb"
  check_tree "$work/deb/usr"
fi
