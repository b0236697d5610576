# SPDX-License-Identifier: Apache-2.0
# What the checks share; sourced, with the project's top as the current folder.

export PATH=/usr/bin:/bin:$PATH
jobs=${POLKU_JOBS:-$(nproc)}

# configure_and_build PRESET [TARGET...]
configure_and_build() {
  local preset=$1
  shift
  local log
  log=$(mktemp)
  cmake --preset "$preset" -DPython3_EXECUTABLE=/usr/bin/python3 >"$log" 2>&1 || { cat "$log"; rm -f "$log"; return 1; }
  rm -f "$log"
  cmake --build "build/$preset" -j "$jobs" ${1:+--target "$@"}
}

# Adds `passed failed` of a ctest run to the counts of the whole run, and says them.
count_ctest() {
  local counted
  counted=$(/usr/bin/python3 scripts/count_tests.py ctest "$1")
  echo "tests: ${counted% *} passed, ${counted#* } failed"
  [ -z "${POLKU_COUNTS:-}" ] || echo "$counted" >>"$POLKU_COUNTS"
}

# run_ctest PRESET [more arguments of ctest]
run_ctest() {
  local preset=$1 xml=$PWD/build/$1/ctest.xml status=0
  shift
  rm -f "$xml"
  ctest --preset "$preset" -j "$jobs" --timeout 1200 --no-tests=error --output-junit "$xml" \
    --test-output-size-passed 200000 --test-output-size-failed 200000 "$@" |
    { grep -vE '^ *Start |Passed +[0-9.]+ sec$' || true; } || status=$?
  count_ctest "$xml"
  return "$status"
}

# bare_debian FOLDER: a minimal Debian 12 there, with the package sources and the trust of this machine.
bare_debian() {
  command -v debootstrap >/dev/null || apt-get install -y debootstrap || return 1
  local source
  source=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
  [ -n "$source" ] || source=$(sed -n 's/^deb *\(\[[^]]*\] *\)\?\([^ ]*\).*/\2/p' /etc/apt/sources.list | head -n 1)
  command debootstrap --variant=minbase bookworm "$1" "$source" || return 1
  cp -r /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d "$1/etc/apt/" 2>/dev/null
  cp /etc/resolv.conf "$1/etc/" 2>/dev/null
  mkdir -p "$1/usr/local/share" "$1/etc/ssl"
  cp -r /etc/ssl/certs "$1/etc/ssl/" 2>/dev/null
  return 0
}
# in_debian FOLDER COMMANDS: runs them in it, with nothing of this environment.
in_debian() { chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive bash -c "$2"; }
