@needs:containers @requires:busybox
Feature: PID namespaces
  A PID namespace numbers its processes anew, from 1 on, and shows no others. Its first process is to it what init
  is to a whole system: it inherits orphans, the kernel protects it from its own children, and nothing outlives it.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A container's processes have numbers of their own

    Every process of a container is also a process of the host, under a number that means nothing inside.

    @pid-namespace.1 @claim:N1
    Scenario: The command that a container is started with is PID 1 in it
      When container a runs "echo $$"
      Then it prints "1"

    @pid-namespace.2 @claim:N2
    Scenario: On the host the first process of a container has another PID
      Given container a was started
      Then container a is PID 1 inside and another PID on the host

    @pid-namespace.3 @claim:N1
    Scenario: The /proc of a container shows only the processes of the container
      When container a runs "echo /proc/[0-9]*"
      Then it prints "/proc/1"

    @pid-namespace.4 @claim:N3
    Scenario: A container does not see a process of the host, which sees those of the container
      Given container a was started
      And process p was started on the host
      And process q was started in container a
      Then container a does not see process p
      And container a sees process q
      And the host sees process q

    @pid-namespace.5 @claim:N3
    Scenario: Two containers do not see each other's processes
      Given container a was started
      And container b was started
      And process p was started in container a
      Then container a sees process p
      And container b does not see process p

    @pid-namespace.6
    Scenario: A signal to all processes reaches those of the container alone
      Given container a was started
      And process p was started on the host
      And process q was started in container a
      When "kill -KILL -1" is run in container a
      Then process p still runs
      And process q is killed by SIGKILL

    @pid-namespace.7 @claim:N1 @needs:partial-containers
    Scenario Outline: With a /proc that is <proc> anew, a process of the host is <seen> in a PID namespace
      A PID namespace alone changes no file system: /proc goes on showing the one it was mounted in.

      Given container a was started with:
        | namespaces | mount, pid |
        | root       | host       |
        | /proc      | <proc>     |
      And process p was started on the host
      Then container a is PID 1 inside and another PID on the host
      And container a <verb> process p

      Examples:
        | proc        | seen   | verb         |
        | mounted     | hidden | does not see |
        | not mounted | seen   | sees         |

  Rule: The first process carries all others

    When PID 1 ends, the kernel kills what is left in its namespace; and while it lives, it is the parent of whom
    nobody else is the parent of.

    @pid-namespace.8
    Scenario: The death of the first process ends every process of its container
      Given container a was started
      And "echo runs; sleep 1000" was started in container a as process p
      And process p printed "runs"
      When container a is sent SIGKILL
      Then container a is killed by SIGKILL
      And process p is killed by SIGKILL

    @pid-namespace.9
    Scenario: A container ends with its first process, whatever else runs in it
      Given container a was started with:
        | first process | trap 'exit 7' USR1; echo ready; while :; do sleep 0.02; done |
      And container a printed "ready"
      And "echo runs; sleep 1000" was started in container a as process p
      And process p printed "runs"
      When container a is sent SIGUSR1
      Then container a ends with status 7
      And process p is killed by SIGKILL

    @pid-namespace.10
    Scenario: The first process of a container becomes the parent of an orphan
      Given container a was started
      When "p=$(sh -c 'sleep 1000 >&- & echo $!'); awk '/PPid/ {print $2}' /proc/$p/status" is run in container a
      Then it prints "1"

  Rule: The first process is protected from its own

    A signal that PID 1 has no handler for is dropped when it comes from within, even SIGKILL: as on a whole system,
    nobody inside can take the ground from under the others. Its host can, but only with SIGKILL and SIGSTOP.

    @pid-namespace.11
    Scenario Outline: SIG<signal> from within does not reach a first process that has no handler for it
      Given container a was started
      When "kill -<signal> 1; echo sent" is run in container a
      Then it prints "sent"
      And container a still runs

      Examples:
        | signal |
        | TERM   |
        | INT    |
        | KILL   |

    @pid-namespace.12
    Scenario: A first process that has no handler for SIGTERM is not ended by it from the host
      Given container a was started
      When container a is sent SIGTERM
      Then container a still runs

    @pid-namespace.13
    Scenario: A first process that has a handler for a signal gets it from within
      Given container a was started with:
        | first process | trap 'echo caught' TERM; echo ready; while :; do sleep 0.02; done |
      And container a printed "ready"
      When "kill -TERM 1" is run in container a
      Then container a has printed "caught"
