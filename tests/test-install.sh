#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is installed suffices: docs/example.c is built with pkg-config against
# an installed copy, and run. Speaks TAP.
#
# Usage: test-install.sh BUILD-ROOT SOURCE-ROOT PREFIX LIBDIR
set -u

build=$1 source=$2 prefix=$3 libdir=$4
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
number=0

# check NAME COMMAND…
check () {
  name=$1
  shift
  number=$((number + 1))
  if "$@" >"$root/log" 2>&1; then
    echo "ok $number - $name"
  else
    cat "$root/log" >&2
    echo "not ok $number - $name"
  fi
}

# The installed pkg-config file, with the folder it was really installed in.
relocate () {
  mkdir "$root/pkgconfig" &&
    sed "s|^prefix=.*|prefix=$root$prefix|" "$root$prefix/$libdir/pkgconfig/hyokasho.pc" >"$root/pkgconfig/hyokasho.pc"
}

pkg () {
  PKG_CONFIG_PATH=$root/pkgconfig pkg-config "$@"
}

compile () {
  flags=$(pkg --cflags --libs hyokasho) || return
  # shellcheck disable=SC2086 # flags are words
  cc -std=gnu17 -Wall -Werror -o "$root/example" "$source/docs/example.c" $flags
}

run_example () {
  LD_LIBRARY_PATH=$root$prefix/$libdir "$root/example" "$source/tests/data/plain.pdf"
}

run_program () {
  LD_LIBRARY_PATH=$root$prefix/$libdir "$root$prefix/bin/hyokasho" --version
}

echo 1..8
check 'meson install' env DESTDIR="$root" meson install -C "$build" --no-rebuild
check 'the header is installed' test -f "$root$prefix/include/hyokasho.h"
check 'the man page is installed' test -f "$root$prefix/share/man/man1/hyokasho.1"
check 'the pkg-config file is installed' relocate
check 'pkg-config knows the version' pkg --exact-version="$("$build/cli/hyokasho" --version | cut -d' ' -f2)" hyokasho
check 'docs/example.c compiles' compile
check 'docs/example.c runs' run_example
check 'the installed program runs' run_program
