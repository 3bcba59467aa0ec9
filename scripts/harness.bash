# What the system tests and the benchmarks with real servers share; sourced, never run. `harness` says whose word a failure is.

# Installs the Debian packages that are missing, without letting them start services of their own on the usual ports; needs root for that alone.
install_servers() {
    local package missing=()
    for package in "$@"; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    export DEBIAN_FRONTEND=noninteractive
    [[ " ${missing[*]} " != *" postfix "* ]] || echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
    apt-get update -qq
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    rm -f /usr/sbin/policy-rc.d
}

fail() { echo "$harness: $*" >&2; exit 1; }

# Ends processes of ours that may be gone already, and waits for them.
end() {
    local pid
    for pid in "$@"; do
        if kill "$pid" 2>/dev/null; then wait "$pid" 2>/dev/null || true; fi
    done
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Waits for a command to succeed, at most for so many seconds; then shows what it says last: wait_for SECONDS WHAT COMMAND…
wait_for() {
    local seconds=$1 what=$2 deadline=$((SECONDS + $1))
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $deadline ] || { "$@" || true; fail "waited $seconds s for $what in vain"; }
        sleep 0.2
    done
}
