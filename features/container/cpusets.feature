@needs:containers @requires:busybox @requires:control-group-cpuset
Feature: CPU sets
  A group can be kept to some of the CPUs of a machine. What its processes ask for beyond that (sched_setaffinity(2))
  they do not get.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A process runs on the CPUs of its group

    Each process can ask which CPUs it may use. Narrower than its group it may choose itself, wider not.

    @cpuset.1 @claim:C6
    Scenario: A container in a group of CPU 0 may use CPU 0 only
      Given control group g was made with:
        | cpus | 0 |
      When container a runs "sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status" with:
        | control group | g |
      Then it prints "0"

    @cpuset.2
    Scenario: A process cannot choose a CPU that its group has not
      Given control group g was made with:
        | cpus | 0 |
      And container a was started with:
        | control group | g |
      When "taskset 2 true 2>&-" is run in container a
      Then it ends with status 1

    @cpuset.3 @needs:joined-control-groups
    Scenario: A group that gets fewer CPUs takes them from processes that run already
      Given control group g was made
      And container a was started with:
        | control group | g |
      And control group g was given:
        | cpus | 0 |
      Then "sed -n 's/^Cpus_allowed_list:.//p' /proc/1/status" prints "0" in container a

  Rule: In version 1 a set may be empty

    A new group of version 1 has no CPUs at all, unlike one of version 2, which has those of its parent until it is
    given some; and it takes nobody in.

    @cpuset.4 @requires:control-group-cpuset-v1
    Scenario: A group of version 1 without CPUs takes no process
      Given control group g was made
      And "\n" was written to "cpuset.cpus" of control group g
      And container a was started
      When container a is moved to control group g
      Then it fails with ENOSPC

    @cpuset.5 @requires:control-group-cpuset-v1
    Scenario: A CPU that the kernel has no number for is refused
      Given control group g was made with:
        | cpus | 0 |
      When "65535" is written to "cpuset.cpus" of control group g
      Then it fails with ERANGE
      And "cpuset.cpus" of control group g reads "0"
