@needs:containers @requires:busybox
Feature: Control groups
  A control group is a set of processes and what they may use together. It is a directory of a file system that the
  kernel makes up: making the directory makes the group, its files are its limits and its accounts, and a process
  joins by having its number written into one of them. Version 1 has a tree of groups for each controller, version 2
  one tree for all; a host may have both.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A group is a directory of files

    Where the trees are is in the mount table. What is in a new group is not copied from anywhere: each file is there
    from the first moment, and says that nothing is limited and nothing was used.

    @control-group.1 @claim:C1 @requires:control-group-memory-v1
    Scenario: The tree of a controller of version 1 is found in the mount table, and the group in the tree
      Given control group tree was made with:
        | memory | 67108864 bytes |
      When "find $(mount -t cgroup | grep -w memory | cut -d' ' -f3) -path '*-tree/memory.limit_in_bytes' -exec cat {} + | uniq" is run on the host
      Then it prints "67108864"

    @control-group.2 @claim:C1 @requires:control-group-memory-v2
    Scenario: The one tree of version 2 is found in the mount table, with the names of its controllers
      Given control group tree was made with:
        | memory | 67108864 bytes |
      When "find $(mount -t cgroup2 | cut -d' ' -f3) -path '*-tree/memory.max' -exec cat {} + | uniq" is run on the host
      Then it prints "67108864"
      And "grep -ow memory $(mount -t cgroup2 | cut -d' ' -f3)/cgroup.controllers" prints "memory" on the host

    @control-group.3 @claim:C2 @requires:control-group-cpu-v1 @requires:control-group-memory-v1
    Scenario: A new group of version 1 has all files of its controllers at once
      Given control group g was made
      Then "cpu.shares" of control group g reads "1024"
      And "cpuacct.usage" of control group g reads "0"
      And "memory.usage_in_bytes" of control group g reads "0"

    @control-group.4 @claim:C2 @requires:control-group-cpu-v2 @requires:control-group-memory-v2
    Scenario: A new group of version 2 has all files of its controllers at once
      Given control group g was made
      Then "cpu.weight" of control group g reads "100"
      And "memory.current" of control group g reads "0"
      And "cgroup.procs" of control group g reads ""

  Rule: What a process starts is in its group

    A container joins its groups before it executes anything: there is no moment in which its program is free of them.
    From then on the kernel sees to it, for a child is born where its parent is.

    @control-group.5 @needs:joined-control-groups @claim:R6 @requires:control-group-pids
    Scenario: The first program of a container is in the group of the container when it begins
      Given control group g was made
      When container a runs "sed 's/.*-//' /proc/self/cgroup | grep -x g | uniq" with:
        | control group | g |
      Then it prints "g"

    @control-group.6 @needs:joined-control-groups @requires:control-group-pids
    Scenario: A further program of a container is in the group of the container when it begins
      Given control group g was made
      And container a was started with:
        | control group | g |
      When "sed 's/.*-//' /proc/self/cgroup | grep -x g | uniq" is run in container a
      Then it prints "g"

    @control-group.7 @requires:control-group-pids
    Scenario: A child is born into the group of its parent
      Given control group g was made
      And container a was started with:
        | control group | g |
      And "sleep 1000 & sleep 1000 & echo all; wait" was started in container a as process p
      And process p printed "all"
      Then control group g holds 4 processes

    @control-group.8 @requires:control-group-pids
    Scenario: A process that is moved to another group takes nothing along
      Given control group g was made
      And control group h was made
      And container a was started with:
        | control group | g |
      And process p was started in container a
      And process p was moved to control group h
      Then control group g holds 1 process
      And control group h holds 1 process

  Rule: A group lives as long as anything in it

    Its name can be taken away only when nothing goes by it any more. That makes groups a safe way to end all that a
    container has started, whoever its parent is by now.

    @control-group.9 @requires:control-group-pids
    Scenario: A group with a process in it cannot be removed
      Given control group g was made
      And container a was started with:
        | control group | g |
      When control group g is removed
      Then it fails with EBUSY
      And control group g holds 1 process

    @control-group.10 @needs:joined-control-groups @requires:control-group-pids
    Scenario: A group can be removed once its last process has ended
      Given control group g was made
      And container a was started with:
        | control group | g |
      And every process of control group g was killed
      When control group g is removed
      Then it succeeds
      And container a has ended

    @control-group.11 @requires:control-group-pids
    Scenario: To end every process of a group ends the containers in it, and no other
      Given control group g was made
      And container a was started with:
        | control group | g |
      And container b was started
      When every process of control group g is killed
      Then container a is killed by SIGKILL
      And container b still runs

  Rule: Namespaces, a control group and a changed root make a container

    The kernel knows no containers. It knows what a process sees, what it may use, and where its paths begin; who has
    all three at once is in one.

    @control-group.12 @claim:R6 @requires:control-group-cpu
    Scenario: One process has numbers of its own, a limit of its own and a root of its own
      Given control group g was made with:
        | cpu quota | 20000 µs of 100000 µs |
      And container a was started with:
        | control group  | g |
        | busy processes | 1 |
      When control group g is measured for 1 s
      Then control group g was held to its quota
      And container a is PID 1 inside and another PID on the host
      And "echo /*" prints "/bin /dev /etc /proc /shared /tmp" in container a
