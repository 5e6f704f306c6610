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

  Rule: The first process carries all others

    @pid-namespace.7
    Scenario: The death of the first process ends every process of its container
      Given container a was started
      And process p was started in container a
      When container a is sent SIGKILL
      Then container a is killed by SIGKILL
      And process p is killed by SIGKILL
