#!/bin/sh
# Ends the process trees that a JVM has left behind, once that JVM is gone. Guardian.java starts it and writes to its input:
#   + COOKIE       a tree is about to begin
#   = COOKIE PID   its root runs
#   - COOKIE       it has ended
# The input ends when the JVM is gone, however that happened. For dash, busybox and the bash 3.2 of macOS.
# trees: words COOKIE:PID. known: pids that were seen in a tree. table: words PID:PARENT of all that runs and is no zombie.
# shellcheck disable=SC2086,SC2013 # lists of pids and fields are split into words on purpose
trap '' INT TERM HUP QUIT PIPE
trees=
without() {
  kept=
  for tree in $trees; do
    case $tree in "$1":*) ;; *) kept="$kept $tree" ;; esac
  done
  trees=$kept
}
while read -r what cookie pid; do
  without "$cookie"
  case $what in
    +) trees="$trees $cookie:" ;;
    =) trees="$trees $cookie:$pid" ;;
  esac
done
[ -n "$trees" ] || exit 0

list() {
  table=
  if [ -r /proc/self/stat ]; then
    for folder in /proc/[0-9]*; do
      line=
      { read -r line < "$folder/stat"; } 2>/dev/null
      rest=${line##*) }
      set -- $rest
      case ${1:-Z} in Z|X) ;; *) table="$table ${folder#/proc/}:${2:-0}" ;; esac
    done
  else
    table=$(ps -A -o pid= -o ppid= -o stat= | while read -r pid parent state; do
      case $state in Z*) ;; *) printf ' %s:%s' "$pid" "$parent" ;; esac
    done)
  fi
}
carry() { # those with the cookie in their environment
  [ -r /proc/self/environ ] || return 0
  for tree in $trees; do
    for file in $(grep -lsF "${tree%%:*}" /proc/[0-9]*/environ 2>/dev/null); do
      pid=${file#/proc/}
      known="$known ${pid%%/*}"
    done
  done
}
find_living() {
  carry
  list # after carry: who was found there and still runs is in the table, with its children
  more=1
  while [ -n "$more" ]; do
    more=
    for pair in $table; do
      case " $known " in *" ${pair%:*} "*) continue ;; esac
      case " $known " in *" ${pair#*:} "*) known="$known ${pair%:*}"; more=1 ;; esac
    done
  done
  living=
  for pair in $table; do
    case " $known " in *" ${pair%:*} "*) living="$living ${pair%:*}" ;; esac
  done
}
known=
for tree in $trees; do known="$known ${tree#*:}"; done
round=0
quiet=0
while [ "$round" -lt 30 ]; do
  find_living
  if [ -z "$living" ]; then
    # One look can miss a process: in the middle of an exec it shows no environment.
    quiet=$((quiet + 1))
    if [ "$quiet" -eq 3 ]; then exit 0; fi
    sleep 0.1 || sleep 1
  else
    quiet=0
    if [ "$round" -eq 0 ]; then kill -TERM $living; fi
    if [ "$round" -ge 8 ]; then kill -KILL $living; fi
    sleep 0.2 || sleep 1
  fi
  round=$((round + 1))
done
