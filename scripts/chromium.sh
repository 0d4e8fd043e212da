#!/usr/bin/env bash
# Brings the Chromium in which the dashboard is tested, and prints its path as the last line.
#
#   scripts/chromium.sh
#
# One that is installed is taken. Else it comes from Debian's packages: root installs it; for everybody else the packages are unpacked into a
# folder outside of target/, so that it survives `mvn clean`, and nothing is installed.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/flink-yarn-autoscaler"
unpacked="$cache/chromium"

die() {
    printf 'chromium.sh: %s\n' "$*" >&2
    exit 1
}

starts() {
    "$1" --headless --no-sandbox --disable-gpu --version >/dev/null 2>&1
}

for name in chromium chromium-browser google-chrome; do
    if found=$(command -v "$name") && starts "$found"; then
        echo "$found"
        exit
    fi
done

command -v apt-get dpkg-deb >/dev/null || die "there is no Chromium on the PATH, and no apt-get to bring it; install one"

if ((EUID == 0)); then
    printf 'Installing Chromium\n' >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-liberation; } >&2 ||
        die "Debian's package chromium cannot be installed, see above"
    command -v chromium
    exit
fi

if [[ ! -x "$unpacked/chromium" ]]; then
    printf 'Bringing Chromium into %s\n' "$unpacked" >&2
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/bringing.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    chmod 755 "$work"
    mkdir "$work/packages"
    # With what it needs and is not installed; apt-get only plans, and tells the packages.
    mapfile -t packages < <(apt-get install -s --no-install-recommends chromium fonts-liberation | awk '$1 == "Inst" { print $2 }')
    ((${#packages[@]})) || die "Debian's package lists know no chromium; let root run apt-get update"
    (cd "$work/packages" && apt-get download "${packages[@]}") >&2 || die "Debian's packages cannot be brought, see above"
    for package in "$work"/packages/*.deb; do
        dpkg-deb -x "$package" "$work/root"
    done
    rm -rf "$work/packages"
    cat >"$work/chromium" <<'EOF'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
LD_LIBRARY_PATH="$here/root/usr/lib/$(uname -m)-linux-gnu:$here/root/lib/$(uname -m)-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
XDG_DATA_DIRS="$here/root/usr/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
export LD_LIBRARY_PATH XDG_DATA_DIRS
exec "$here/root/usr/lib/chromium/chromium" "$@"
EOF
    chmod +x "$work/chromium"
    starts "$work/chromium" || {
        LD_LIBRARY_PATH="$work/root/usr/lib/$(uname -m)-linux-gnu" ldd "$work/root/usr/lib/chromium/chromium" | grep 'not found' >&2 || true
        die "Chromium does not start, see above"
    }
    mv -T "$work" "$unpacked" 2>/dev/null || [[ -x "$unpacked/chromium" ]] # another one was faster
fi

echo "$unpacked/chromium"
