@needs:containers @requires:busybox @requires:control-group-pids
Feature: Process limits
  Process ids are something that can run out, and a fork bomb in one container would take them from all. A limit
  on the number of processes and threads makes fork(2) fail with EAGAIN for the group alone.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A fork too many fails

    The limit counts every process and thread of the group, also the first one of a container, and is looked at when
    a process is made: never later.

    @process-limit.1 @needs:joined-control-groups @claim:C6
    Scenario: A group of four processes cannot make a fifth
      Given control group g was made with:
        | processes | 4 |
      And container a was started with:
        | control group | g |
      When "sleep 1000 & sleep 1000 & sleep 1000 & echo all" is run in container a
      Then it ends with status 2
      And it prints "/bin/sh: can't fork: Resource temporarily unavailable"
      And control group g holds 3 processes

    @process-limit.2 @needs:joined-control-groups
    Scenario: A group makes as many processes as its limit allows
      Given control group g was made with:
        | processes | 5 |
      And container a was started with:
        | control group | g |
      When "sleep 1000 & sleep 1000 & sleep 1000 & echo all" is run in container a
      Then it prints "all"
      And control group g holds 4 processes

    @process-limit.3
    Scenario: A group at its limit takes no process from the container beside it
      Given control group g was made with:
        | processes | 2 |
      And container a was started with:
        | control group | g |
      And process p was started in container a
      And container b was started
      When "sleep 1000 & sleep 1000 & sleep 1000 & echo all" is run in container b
      Then it prints "all"

    @process-limit.4
    Scenario: A limit below the number of processes ends none of them
      Given control group g was made
      And container a was started with:
        | control group | g |
      And process p was started in container a
      When control group g is given:
        | processes | 1 |
      Then process p still runs
      And control group g holds 2 processes
