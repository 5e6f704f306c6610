@needs:containers @requires:busybox @requires:control-group-memory
Feature: Memory limits
  A group is charged for the memory that its processes touch. At its limit the kernel first takes back what can be
  had again, such as cached files; when that is not enough it kills a process of the group, and of no other.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |
      | big  |            | (32000000 zeros)  |

  Rule: Who needs more than the limit is killed

    There is no errno for it: a process learns of its limit by SIGKILL, when it touches a page too many.

    @memory-limit.1 @needs:joined-control-groups @claim:C6
    Scenario: A process that touches more memory than its group may is killed, and its container goes on
      Given control group g was made with:
        | memory | 20971520 bytes |
      And container a was started with:
        | control group | g |
      When "exec dd if=/big of=/dev/null bs=32000000" is run in container a
      Then it is killed by SIGKILL
      And the memory limit of control group g has killed 1 process
      And container a still runs

    @memory-limit.2
    Scenario: A process that stays within the limit of its group does not notice it
      Given control group g was made with:
        | memory | 20971520 bytes |
      And container a was started with:
        | control group | g |
      When "dd if=/big of=/dev/null bs=1000000 2>/dev/null && echo done" is run in container a
      Then it prints "done"
      And the memory limit of control group g has killed 0 processes

    @memory-limit.3
    Scenario: The limit of one group is none for the container beside it
      Given control group g was made with:
        | memory | 20971520 bytes |
      And container a was started with:
        | control group | g |
      And container b was started
      When "dd if=/big of=/dev/null bs=32000000 2>/dev/null && echo done" is run in container b
      Then it prints "done"
      And the memory limit of control group g has killed 0 processes

  Rule: A limit may come late

    What is over it when it comes is treated differently: version 1 refuses a limit that it cannot bring the group
    down to, version 2 takes it, and kills.

    @memory-limit.4 @requires:control-group-memory-v1
    Scenario: Version 1 refuses a limit below what a group cannot give back
      Given control group g was made
      And container a was started with:
        | control group | g |
      And "dd if=/big bs=32000000 | { read -n 1 -r x; echo held; sleep 1000; }" was started in container a as process p
      And process p printed "held"
      When control group g is given:
        | memory | 12582912 bytes |
      Then it fails with EBUSY
      And the memory limit of control group g has killed 0 processes

    @memory-limit.5 @requires:control-group-memory-v2
    Scenario: Version 2 takes a limit below what a group cannot give back, and kills
      Given control group g was made
      And container a was started with:
        | control group | g |
      And "dd if=/big bs=32000000 | { read -n 1 -r x; echo held; sleep 1000; }" was started in container a as process p
      And process p printed "held"
      When control group g is given:
        | memory | 12582912 bytes |
      Then the memory limit of control group g has killed at least 1 process
