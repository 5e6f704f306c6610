@needs:containers @requires:busybox @requires:control-group-cpu
Feature: CPU limits
  Two things can be said about CPU time: how much of it a group gets at most (a quota in each period), and how it
  is shared out when several groups want more than there is (weights). A quota holds back even on an idle machine; a
  weight says nothing there. What a group has used is measured by the kernel's own accounts, never by the clock.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A quota is so many microseconds in each period

    In version 1 period and quota have a file each, in version 2 one file has both. At first there is no quota, and
    the period is a tenth of a second. Nothing under a millisecond is taken, and no period over a second.

    @cpu-limit.1 @claim:C3 @requires:control-group-cpu-v1
    Scenario: Version 1 begins with a quota of -1, which is none, and a period of 100000 µs
      Given control group g was made
      Then "cpu.cfs_quota_us" of control group g reads "-1"
      And "cpu.cfs_period_us" of control group g reads "100000"

    @cpu-limit.2 @claim:C3 @requires:control-group-cpu-v2
    Scenario: Version 2 begins with the quota max, which is none, and a period of 100000 µs
      Given control group g was made
      Then "cpu.max" of control group g reads "max 100000"

    @cpu-limit.3 @requires:control-group-cpu-v1
    Scenario Outline: Version 1 refuses the quota <text> and keeps the one it had
      Given control group g was made with:
        | cpu quota | 50000 µs of 100000 µs |
      When "<text>" is written to "cpu.cfs_quota_us" of control group g
      Then it fails with <errno>
      And "cpu.cfs_quota_us" of control group g reads "50000"

      Examples:
        | text                 | errno  |
        | 0                    | EINVAL |
        | 999                  | EINVAL |
        | 1e4                  | EINVAL |
        | many                 | EINVAL |
        | 18446744073709551616 | ERANGE |

    @cpu-limit.4 @requires:control-group-cpu-v1
    Scenario Outline: Version 1 refuses the period <text> and keeps the one it had
      Given control group g was made
      When "<text>" is written to "cpu.cfs_period_us" of control group g
      Then it fails with EINVAL
      And "cpu.cfs_period_us" of control group g reads "100000"

      Examples:
        | text    |
        | 0       |
        | 999     |
        | 1000001 |
        | long    |

    @cpu-limit.5 @requires:control-group-cpu-v1
    Scenario: Version 1 takes every negative quota for none
      Given control group g was made with:
        | cpu quota | 50000 µs of 100000 µs |
      When "-2" is written to "cpu.cfs_quota_us" of control group g
      Then it succeeds
      And "cpu.cfs_quota_us" of control group g reads "-1"

    @cpu-limit.6 @requires:control-group-cpu-v2
    Scenario Outline: Version 2 refuses the quota <text> and keeps the one it had
      Given control group g was made with:
        | cpu quota | 50000 µs of 100000 µs |
      When "<text>" is written to "cpu.max" of control group g
      Then it fails with EINVAL
      And "cpu.max" of control group g reads "50000 100000"

      Examples:
        | text         |
        | -1           |
        | 0            |
        | 999          |
        | 1000 2000000 |
        | many         |

    @cpu-limit.7 @requires:control-group-cpu-v2
    Scenario: Version 2 keeps the period when only a quota is written
      Given control group g was made with:
        | cpu quota | 50000 µs of 200000 µs |
      When "20000" is written to "cpu.max" of control group g
      Then it succeeds
      And "cpu.max" of control group g reads "20000 200000"

  Rule: Whoever has used up the quota waits for the next period

    The kernel stops every process of the group for the rest of the period, and counts how often it did. A group
    without a quota beside it gets what it wants: that shows it was the quota, and not a busy machine.

    @cpu-limit.8 @claim:C4
    Scenario: A quota of 20000 µs in 100000 µs holds a busy container to a fifth of one CPU
      Given control group g was made with:
        | cpu quota | 20000 µs of 100000 µs |
      And control group h was made
      And container a was started with:
        | control group  | g |
        | busy processes | 1 |
      And container b was started with:
        | control group  | h |
        | busy processes | 1 |
      When control groups g and h are measured for 1 s
      Then control group g was held to its quota, and control group h was not

    @cpu-limit.9 @claim:C4
    Scenario: A quota binds a process that runs already
      Given control group g was made
      And container a was started with:
        | control group  | g |
        | busy processes | 1 |
      And control group g was given:
        | cpu quota | 20000 µs of 100000 µs |
      When control group g is measured for 1 s
      Then control group g was held to its quota

    @cpu-limit.10
    Scenario: The processes of a group share its quota, as many as they are
      Given control group g was made with:
        | cpu quota | 20000 µs of 100000 µs |
      And container a was started with:
        | control group  | g |
        | busy processes | 3 |
      When control group g is measured for 1 s
      Then control group g was held to its quota

    @cpu-limit.11
    Scenario: A process that leaves the group leaves its quota behind
      Given control group g was made with:
        | cpu quota | 20000 µs of 100000 µs |
      And control group h was made
      And container a was started with:
        | control group  | g |
        | busy processes | 1 |
      And container b was started with:
        | control group  | g |
        | busy processes | 1 |
      And container b was moved to control group h
      When control groups g and h are measured for 1 s
      Then control group g was held to its quota, and control group h was not

  Rule: Without a quota, groups compete

    On a CPU that all of them want, two groups of the same weight get the same time, however many processes each has;
    with other weights they share in proportion.

    @cpu-limit.12 @claim:C7
    Scenario: Two groups on one CPU get the same time, though one has more processes
      Given control group g was made
      And control group h was made
      And container a was started with:
        | control group  | g            |
        | busy processes | 2 on one CPU |
      And container b was started with:
        | control group  | h            |
        | busy processes | 1 on one CPU |
      When control groups g and h are measured for 1 s
      Then control group g used as much CPU time as control group h

    @cpu-limit.13
    Scenario: A group of four times the weight gets more than twice the time of the other
      Given control group g was made
      And control group h was made with:
        | cpu weight | 400 |
      And container a was started with:
        | control group  | g            |
        | busy processes | 1 on one CPU |
      And container b was started with:
        | control group  | h            |
        | busy processes | 1 on one CPU |
      When control groups g and h are measured for 1 s
      Then control group h used more than 2 times the CPU time of control group g
