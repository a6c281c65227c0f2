#!/bin/sh
# The one gate: format, warnings as errors, tests. The last line is the sum over all test projects; a step that fails counts as one failure.
set -u
cd "$(dirname "$0")"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT

give_up() {
  echo "check.sh: $1 failed"
  echo "0 passed, 1 failed"
  exit 1
}

step_failures=0
dotnet restore EngagementFlows.sln -v quiet || give_up 'restore'
dotnet format EngagementFlows.sln --verify-no-changes --no-restore || { echo "check.sh: format failed; run 'dotnet format EngagementFlows.sln'"; step_failures=1; }
dotnet build EngagementFlows.sln --no-restore -v quiet -warnaserror || give_up 'build'

# The summary's form: "Passed!  - Failed:     0, Passed:    42, Skipped:     0, Total:    42, Duration: 1 s - Some.Tests.dll (net10.0)".
{ dotnet test EngagementFlows.sln --no-build --nologo 2>&1; echo "exit code of dotnet test: $?"; } | tee "$log"
sum() { sed -n "s/.* - Failed: .*$1: *\([0-9][0-9]*\),.*/\1/p" "$log" | awk '{ total += $1 } END { print total + 0 }'; }
passed=$(sum Passed)
failed=$(sed -n 's/.* - Failed: *\([0-9][0-9]*\),.*/\1/p' "$log" | awk '{ total += $1 } END { print total + 0 }')
# A skipped test proves nothing, and a test process that died has no summary line.
skipped=$(sum Skipped)
failed=$((failed + skipped + step_failures))
if [ "$failed" -eq 0 ] && ! grep -q '^exit code of dotnet test: 0$' "$log"; then
  failed=1
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
