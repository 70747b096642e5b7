#!/usr/bin/env bash
# Brings a machine to the point where the program runs: tools/setup.sh [test]
# With "test" also what the tests and benchmarks need. What is there already is left alone, so a second run takes no time.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.venv
installed=$venv/.installed # the inputs of the last complete set-up, word for word
for_running=(
    libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0                       # Qt itself
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1       # Qt on X11
    libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
    libwayland-cursor0 libwayland-egl1                                           # Qt on Wayland
    fonts-ipafont-gothic                                                         # Japanese, not bundled for its size
)
for_testing=(
    poppler-utils qpdf mupdf-tools              # other readers of our PDF files
    xvfb xauth xdotool openbox                  # a screen and a mouse for runs of the real window
    libcairo2                                   # the benchmarks compare with it
)

main() {
    local packages=("${for_running[@]}")
    [ "${1:-}" = test ] && packages+=("${for_testing[@]}")
    install_system_packages "${packages[@]}"
    inputs | cmp --silent - "$installed" && works "$venv/bin/python" && return
    works "$venv/bin/python" || create_venv
    install_python_packages
}

inputs() { cat requirements.lock pyproject.toml; }

works() { "$1" -c '' 2>/dev/null; }

install_python_packages() {
    echo "Installing Python packages into $venv ..."
    local pip=("$venv/bin/python" -m pip --quiet --disable-pip-version-check install)
    "${pip[@]}" --require-hashes --requirement requirements.lock
    "${pip[@]}" --no-deps --no-build-isolation --editable .
    inputs >"$installed"
}

create_venv() {
    local python
    if ! python=$(suitable_python); then
        install_system_packages python3 python3-venv
        python=$(suitable_python) || fail "Python 3.11 or newer with the venv module is needed and was not found."
    fi
    echo "Creating $venv with $("$python" --version) ..."
    "$python" -m venv --clear "$venv"
}

# Debian ships venv without ensurepip unless python3-venv is installed, hence the second import.
suitable_python() {
    local candidate
    for candidate in python3.11 python3 python3.12 python3.13 python3.14; do
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
            echo "$candidate" && return
    done
    return 1
}

install_system_packages() {
    local missing
    command -v dpkg-query >/dev/null || return 0 # not a Debian: what is missing shows when Qt loads
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            echo "System packages are missing. Please run:  sudo apt-get install ${missing[*]}" >&2
            return
        fi
        apt=(sudo -n "${apt[@]}")
    fi
    echo "Installing system packages: ${missing[*]}"
    # The lists of a fresh machine are empty or old, so a first failure is no news.
    apt_install "${missing[@]}" >/dev/null 2>&1 && return
    "${apt[@]}" -qq update
    apt_install "${missing[@]}" >/dev/null
}

apt_install() { "${apt[@]}" -qq install --yes --no-install-recommends "$@"; }

# A newer Debian provides libglib2.0-0 by libglib2.0-0t64, so names provided count as installed.
missing_packages() {
    dpkg-query --show --showformat='${db:Status-Status} ${Package} ${Provides}\n' |
        awk -v wanted="$*" '
            $1 == "installed" { for (i = 2; i <= NF; i++) { sub(/,$/, "", $i); have[$i] = 1 } }
            END { n = split(wanted, names, " "); for (i = 1; i <= n; i++) if (!(names[i] in have)) print names[i] }'
}

fail() {
    echo "$1" >&2
    exit 1
}

main "$@"
