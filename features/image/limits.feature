@needs:images
Feature: Limits of a container
  An engine makes a control group for each container, and its options become the files of that group. What limits
  a container is the kernel; the engine has only written down what was asked for. Nothing of it is seen in /proc,
  which shows the whole machine to everybody.

  Rule: The options of a container are what its control group has

    Both versions of control groups take a quota of CPU time for each period, in microseconds.

    @image-limit.1 @claim:C5 @requires:control-group-cpu-v1
    Scenario: The quota and the period of a container are written to its control group
      Given container a of image base was started with:
        | cpu quota | 20000 µs of 100000 µs |
      And control group g of container a
      Then "cpu.cfs_quota_us" of control group g reads "20000"
      And "cpu.cfs_period_us" of control group g reads "100000"

    @image-limit.2 @claim:C5 @requires:control-group-cpu-v2
    Scenario: The quota and the period of a container are one line in a group of version 2
      Given container a of image base was started with:
        | cpu quota | 20000 µs of 100000 µs |
      And control group g of container a
      Then "cpu.max" of control group g reads "20000 100000"

    @image-limit.3 @claim:C5 @requires:control-group-cpu
    Scenario: A quota of 20000 µs in 100000 µs holds a busy container of an image to a fifth of one CPU
      Given container a of image base was started with:
        | cpu quota | 20000 µs of 100000 µs |
      And control group g of container a
      And "while :; do :; done >&- 2>&- &" was executed in container a
      When control group g is measured for 1 s
      Then control group g was held to its quota

    @image-limit.4 @claim:C5 @requires:control-group-memory-v1
    Scenario: The memory limit of a container is written to its control group
      Given container a of image base was started with:
        | memory    | 67108864 bytes |
        | processes | 20             |
      And control group g of container a
      Then "memory.limit_in_bytes" of control group g reads "67108864"
      And "pids.max" of control group g reads "20"

    @image-limit.7 @claim:C5 @requires:control-group-memory-v2
    Scenario: The memory limit of a container is memory.max of a group of version 2
      Given container a of image base was started with:
        | memory    | 67108864 bytes |
        | processes | 20             |
      And control group g of container a
      Then "memory.max" of control group g reads "67108864"
      And "pids.max" of control group g reads "20"

  Rule: What a container reads of the machine knows no limits

    A program that sizes itself by /proc/meminfo takes the whole machine for its own, and is killed when it has used
    what the container may. lxcfs serves files of the same names that tell the limits of whoever reads them; an
    engine mounts one over the kernel's. What free(1) of busybox prints is from sysinfo(2), which is the kernel itself.

    @image-limit.5 @claim:C8 @requires:control-group-memory
    Scenario: The memory of a limited container is that of the machine
      When container a of image base is started with:
        | memory | 67108864 bytes |
      Then "awk '/MemTotal/ && $2 > 65536 {print $1}' /proc/meminfo" prints "MemTotal:" in container a of its image
      And "test $(awk '/MemTotal/ {print $2}' /proc/meminfo) = $(free | awk '/Mem:/ {print $2}') && echo same" prints "same" in container a of its image

    @image-limit.6 @claim:C9 @needs:containers @requires:control-group-memory @requires:lxcfs
    Scenario: With the file of lxcfs the memory of a limited container is its limit
      When container a of image base is started with:
        | memory        | 67108864 bytes |
        | /proc/meminfo | lxcfs          |
      Then "awk '/MemTotal/ {print $2}' /proc/meminfo" prints "65536" in container a of its image
      And "free | awk '/Mem:/ && $2 > 65536 {print $1}'" prints "Mem:" in container a of its image
