package process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sees to it that no child outlives this JVM, not even when it is killed with SIGKILL and can do nothing itself: a tiny
 * shell that holds the other end of a pipe. The pipe closes when the JVM is gone, however that happened; then the shell
 * ends the trees that are still registered, and itself. It gets none of our streams, so it keeps nobody's pipe open.
 *
 * <p>One per JVM, started with the first child. The protocol is one line per event: {@code + COOKIE} before a child is
 * started, {@code = COOKIE PID} when it runs, {@code - COOKIE} when its tree has ended.
 */
final class Guardian {
    private static final Guardian INSTANCE = new Guardian();

    /** The trees under guard, with the root's pid when it runs. */
    private final Map<String, Optional<Long>> trees = new LinkedHashMap<>();
    private Process shell;

    private Guardian() {}

    static Guardian instance() {
        return INSTANCE;
    }

    /** @throws IOException when there is no guardian and none can be started: then no child must be started either */
    synchronized void expect(String cookie) throws IOException {
        trees.put(cookie, Optional.empty());
        try {
            tell("+ " + cookie);
        } catch (IOException e) {
            trees.remove(cookie);
            throw e;
        }
    }

    synchronized void started(String cookie, long pid) throws IOException {
        trees.put(cookie, Optional.of(pid));
        tell("= " + cookie + " " + pid);
    }

    synchronized void over(String cookie) {
        if (trees.remove(cookie) != null && shell != null && shell.isAlive()) {
            try {
                write("- " + cookie);
            } catch (IOException e) {
                // It has just died; the next child brings a new one, which will not hear of this tree.
                shell.destroyForcibly();
            }
        }
    }

    /** The shell's pid, when it runs; for tests. */
    synchronized Optional<Long> pid() {
        return Optional.ofNullable(shell).filter(Process::isAlive).map(Process::pid);
    }

    private void tell(String line) throws IOException {
        if (shell != null && shell.isAlive()) {
            try {
                write(line);
                return;
            } catch (IOException e) {
                shell.destroyForcibly();
            }
        }
        // The first child, or somebody killed the guardian: a new one is told of everything.
        start();
        for (Map.Entry<String, Optional<Long>> tree : trees.entrySet()) {
            write(tree.getValue().map(pid -> "= " + tree.getKey() + " " + pid).orElse("+ " + tree.getKey()));
        }
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "agentproxy-guardian");
        builder.directory(new java.io.File("/"));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        shell = builder.start();
    }

    private void write(String line) throws IOException {
        OutputStream pipe = shell.getOutputStream();
        pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    /**
     * POSIX sh, for dash, busybox and the bash 3.2 of macOS. {@code trees} holds words COOKIE:PID, {@code known} the pids
     * that were seen in a tree, {@code table} words PID:PARENT of everything that runs and is no zombie.
     */
    static final String SCRIPT = """
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
              list
              carry
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
            while [ "$round" -lt 30 ]; do
              find_living
              [ -n "$living" ] || exit 0
              if [ "$round" -eq 0 ]; then kill -TERM $living; fi
              if [ "$round" -ge 8 ]; then kill -KILL $living; fi
              sleep 0.2 || sleep 1
              round=$((round + 1))
            done
            """;
}
