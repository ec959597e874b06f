#!/usr/bin/env bash
# Makes this folder ready: prepare.sh run for the kiosk, prepare.sh dev also for tests and checks.
# Owns .venv and the system packages it needs; says nothing when all is there.
# Exit 1: something is left to do by hand, and the last lines say what.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export PATH="$PATH:/usr/sbin:/sbin" # ldconfig, for ordinary users

case "${1-}" in
    run) needs=(requirements.txt) ;;
    dev) needs=(requirements.txt requirements-dev.txt deploy/test-programs.txt) ;;
    *) echo "usage: deploy/prepare.sh run|dev" >&2 && exit 2 ;;
esac

# What .venv was built for: this folder (an environment cannot be moved), its Python, these packages.
fingerprint() {
    { pwd -P && .venv/bin/python -VV && cat -- "$@"; } 2>/dev/null | sha256sum
}

is_ready() { # is_ready run|dev FILE...
    local stamp=.venv/ready-$1
    shift
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}

find_python() { # find_python MODULE: the first Python >= 3.11 that has it
    local name
    for name in python3.11 python3.12 python3.13 python3.14 python3; do
        if "$name" -c "import sys, $1; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Debian and Ubuntu take ensurepip out of Python and put it into pythonX.Y-venv.
missing_python_package() {
    local version
    find_python ensurepip >/dev/null && return
    if version=$(find_python sys); then
        "$version" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
        return
    fi
    for version in 3.13 3.12 3.11; do
        if apt-cache show "python$version-venv" >/dev/null 2>&1; then
            echo "python$version-venv"
            return
        fi
    done
    echo python3-venv
}

missing_library_packages() {
    local present library package
    present=$(ldconfig -p 2>/dev/null) || present=
    while read -r library package; do
        [[ $library == "#"* || $present == *"$library "* ]] || echo "$package"
    done <deploy/system-libraries.txt
}

# The programs that tests start: a real CUPS and the like.
missing_program_packages() {
    local program package
    while read -r program package; do
        [[ $program == "#"* ]] || has_program "$program" || echo "$package"
    done <deploy/test-programs.txt | sort -u
}

has_program() { # has_program NAME: in PATH, or of a PostgreSQL >= 15, which Debian keeps out of it
    local found version
    command -v "$1" >/dev/null && return
    for found in /usr/lib/postgresql/*/bin/"$1"; do
        version=${found#/usr/lib/postgresql/}
        version=${version%%/*}
        [[ -x $found && $version =~ ^[0-9]+$ && $version -ge 15 ]] && return
    done
    return 1
}

# Debian starts a server with the package; the tests start their own, and nobody asked for another.
cluster_settings=/etc/postgresql-common/createcluster.conf
no_main_cluster="mkdir -p ${cluster_settings%/*} && echo create_main_cluster = false >$cluster_settings"
brings_main_cluster() { # brings_main_cluster PACKAGE...
    [[ " $* " == *" postgresql "* && ! -e $cluster_settings ]]
}

install_system_packages() { # install_system_packages PACKAGE...
    local as_root apt install output
    if ! command -v apt-get >/dev/null; then
        echo "Missing on this system, which has no apt-get: $*" >&2
        echo "Install them (Debian's names) and start again." >&2
        exit 1
    fi
    install="install -y --no-install-recommends $*"
    if [ "$(id -u)" = 0 ]; then
        as_root=(env)
    elif sudo -n true 2>/dev/null; then
        as_root=(sudo -n env)
    else
        echo "Some system packages are missing. Type this once, then start again:" >&2
        if command -v sudo >/dev/null; then
            ! brings_main_cluster "$@" || echo "    sudo sh -c '$no_main_cluster'" >&2
            echo "    sudo apt-get update && sudo apt-get $install" >&2
        else
            ! brings_main_cluster "$@" || echo "    su -c '$no_main_cluster'" >&2
            echo "    su -c 'apt-get update && apt-get $install'" >&2
        fi
        exit 1
    fi
    echo "Installing system packages: $*"
    ! brings_main_cluster "$@" || "${as_root[@]}" sh -c "$no_main_cluster"
    apt=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get)
    apt+=(-o "DPkg::Lock::Timeout=300") # a fresh Ubuntu updates itself at first
    # shellcheck disable=SC2086 # one word per package
    if ! "${apt[@]}" $install >/dev/null 2>&1; then # package lists absent or out of date
        output=$("${apt[@]}" update 2>&1 && "${apt[@]}" $install 2>&1) || {
            printf '%s\nThe system packages could not be installed; the reason is above.\n' "$output" >&2
            exit 1
        }
    fi
}

build_environment() {
    local python
    python=$(find_python ensurepip) || {
        echo "No Python 3.11 or newer with its venv module was found. Install one and start again." >&2
        exit 1
    }
    echo "Making .venv with $("$python" -V)"
    rm -f .venv/ready-* && rm -rf .venv # the stamps first: a half-removed .venv must not look ready
    "$python" -m venv .venv
}

install_packages() { # install_packages FILE
    echo "Installing the packages of $1 (the first time downloads up to 140 MB)"
    .venv/bin/python -m pip install --no-input --disable-pip-version-check --progress-bar off \
        --only-binary :all: -r "$1" |
        sed -un -e 's/^Collecting \([^ ]*\).*/    \1/p' -e 's/^Installing collected.*/    unpacking/p'
}

# Holds Qt itself to account, in case the list of libraries has a gap on this system.
check_qt_libraries() {
    local missing
    missing=$(
        cd .venv/lib/python3*/site-packages/PySide6/Qt
        ldd lib/libQt6Quick.so.6 plugins/platforms/lib{qxcb,qwayland,qoffscreen}.so |
            awk '/not found/ { print $1 }' | sort -u
    )
    [ -z "$missing" ] && return
    printf 'Qt does not find these system libraries:\n%s\n' "$missing" >&2
    exit 1
}

is_ready "$1" "${needs[@]}" && exit
exec 9<requirements.txt && flock 9 # of two starts at once, the second waits and finds all done
is_ready "$1" "${needs[@]}" && exit

mapfile -t packages < <(
    missing_python_package
    missing_library_packages
    [ "$1" = run ] || missing_program_packages
)
[ ${#packages[@]} = 0 ] || install_system_packages "${packages[@]}"
is_ready run requirements.txt || build_environment
rm -f ".venv/ready-$1"
install_packages "${needs[1]:-requirements.txt}"
check_qt_libraries
fingerprint requirements.txt >.venv/ready-run
fingerprint "${needs[@]}" >".venv/ready-$1"
echo "Ready."
