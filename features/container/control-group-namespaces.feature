@needs:containers @requires:busybox @requires:control-group-pids
Feature: Control group namespaces
  Control groups lie in a tree, and /proc tells each process where in it the process is. A control group namespace
  cuts the path off: where its first process was becomes the top.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |
    And control group g was made

  Rule: A container need not know where its group lies on the host

    Nothing about the group changes by it, neither its limits nor who is in it.

    @control-group-namespace.1 @claim:N4
    Scenario: A container with a control group namespace finds its group at the top of every hierarchy
      Given container a was started with:
        | namespaces    | mount, pid, uts, ipc, network, cgroup |
        | control group | g                                     |
      Then "cut -d: -f3 /proc/self/cgroup | sort -u" prints "/" in container a
      And "cut -d: -f3 /proc/1/cgroup | sort -u" prints "/" in container a
      And control group g holds 1 process

    @control-group-namespace.2 @needs:joined-control-groups
    Scenario: A container without one finds its group where the host has it
      Given container a was started with:
        | namespaces    | mount, pid, uts, ipc, network |
        | control group | g                             |
      Then "sed 's/.*-//' /proc/self/cgroup | grep -x g | uniq" prints "g" in container a
