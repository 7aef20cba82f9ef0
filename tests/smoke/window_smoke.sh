#!/bin/sh
# Starts the real window on a virtual display, looks whether something is drawn, and closes it.
# Usage: window_smoke.sh PATH-OF-INITLENS [SCREENSHOT.png]
set -eu

if [ $# -lt 1 ]; then
    echo "usage: $0 PATH-OF-INITLENS [SCREENSHOT.png]" >&2
    exit 2
fi
for tool in xvfb-run xdotool import identify; do
    if ! command -v "$tool" >/dev/null; then
        echo "window smoke test: $tool is not installed" >&2
        exit 1
    fi
done
if [ -z "${WINDOW_SMOKE_DISPLAY:-}" ]; then
    WINDOW_SMOKE_DISPLAY=1 exec xvfb-run --auto-servernum \
        --server-args="-screen 0 1440x900x24" "$0" "$@"
fi

program=$1
folder=$(mktemp -d)
picture=${2:-$folder/window.png}
pid=
finish() {
    if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
        kill "$pid" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap finish EXIT INT TERM

mkdir -m 700 "$folder/runtime"
export XDG_CONFIG_HOME="$folder/config" XDG_RUNTIME_DIR="$folder/runtime" QT_QPA_PLATFORM=xcb
"$program" >"$folder/out" 2>"$folder/err" &
pid=$!

# poll SECONDS COMMAND...: repeats the command ten times a second until it succeeds.
poll() {
    left=$(($1 * 10))
    shift
    until "$@" >"$folder/poll" 2>/dev/null; do
        left=$((left - 1))
        if [ "$left" -le 0 ] || ! kill -0 "$pid" 2>/dev/null; then
            return 1
        fi
        sleep 0.1
    done
}
fail() {
    echo "window smoke test: $1" >&2
    cat "$folder/err" >&2
    exit 1
}
is_drawn() {
    import -window root "$picture" &&
        [ "$(identify -format '%k' "$picture")" -ge 200 ]
}

poll 30 xdotool search --onlyvisible --name '^InitLens$' || fail "no window appeared"
window=$(head -n 1 "$folder/poll")
poll 30 is_drawn || fail "the window stays blank"
# Typed by the keyboard, not sent to the window, which is gone before the key comes up.
xdotool windowfocus --sync "$window" key ctrl+q
left=100
while kill -0 "$pid" 2>/dev/null; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || fail "the window does not close"
    sleep 0.1
done
status=0
wait "$pid" || status=$?
pid=
[ "$status" -eq 0 ] || fail "the program ended with exit code $status"
if grep -v '^$' "$folder/err"; then
    fail "the program complained"
fi
echo "window smoke test: passed"
