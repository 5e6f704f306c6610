@needs:containers @requires:busybox
Feature: What /proc says of limits
  Many programs look at /proc to find out how much memory there is and how many CPUs, and size themselves by it. But
  /proc is older than control groups, and was never taught about them: who believes it in a container takes more than
  he may have.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: /proc tells of the host, whatever a group may use

    The processes that /proc shows are those of the container; the memory and the CPUs are those of the machine.

    @proc-file.1 @claim:C8 @requires:control-group-memory
    Scenario: The memory in /proc/meminfo is the host's in a container with a limit, too
      Given control group g was made with:
        | memory | 67108864 bytes |
      And container a was started with:
        | control group | g |
      Then "grep MemTotal /proc/meminfo" prints the same in container a as on the host

    @proc-file.2 @claim:C8 @requires:control-group-cpuset
    Scenario: The CPUs in /proc/cpuinfo are the host's in a container that may use one of them, too
      Given control group g was made with:
        | cpus | 0 |
      And container a was started with:
        | control group | g |
      Then "grep -c ^processor /proc/cpuinfo" prints the same in container a as on the host
      And "sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status" prints "0" in container a

  Rule: lxcfs tells of the group

    lxcfs is a file system in user space with files that look like those of /proc. It finds out which process reads,
    and what its group may use, and answers with that. Mounted over the kernel's files, one by one, it is believed by
    every program that reads them.

    @proc-file.3 @claim:C9 @requires:lxcfs @requires:control-group-memory
    Scenario: With lxcfs over /proc/meminfo a container sees its limit as all the memory there is
      Given control group g was made with:
        | memory | 67108864 bytes |
      And container a was started with:
        | control group  | g             |
        | files of lxcfs | /proc/meminfo |
      Then "sed -n 's/^MemTotal: *//p' /proc/meminfo" prints "65536 kB" in container a
      And "sed -n 's/^MemTotal: *//p' /proc/meminfo" prints something else on the host than in container a

    @proc-file.4 @claim:C9 @requires:lxcfs @requires:control-group-cpuset
    Scenario: With lxcfs over /proc/cpuinfo a container sees the CPUs of its group only
      Given control group g was made with:
        | cpus | 0 |
      And container a was started with:
        | control group  | g             |
        | files of lxcfs | /proc/cpuinfo |
      Then "grep -c ^processor /proc/cpuinfo" prints "1" in container a

    @proc-file.5 @claim:C9 @requires:lxcfs @requires:control-group-memory
    Scenario: The kernel itself still tells of the host, with lxcfs over /proc/meminfo
      What free(1) of busybox prints is from sysinfo(2).

      Given control group g was made with:
        | memory | 67108864 bytes |
      And container a was started with:
        | control group  | g             |
        | files of lxcfs | /proc/meminfo |
      Then "busybox free | awk '/Mem:/ {print $2}'" prints the same in container a as on the host
