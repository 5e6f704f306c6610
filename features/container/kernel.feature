@needs:containers @requires:busybox
Feature: One kernel
  A container is processes of the host. Its root file system holds what an operating system has in files, but no
  kernel is started from it: the one that runs serves all containers, and its parameters are everybody's.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |
    And container a was started

  Rule: All containers run on the kernel of the host

    What uname(2) says of it, the identifier it drew at boot and the parameters under /proc/sys that belong to no
    namespace are the same in every container, and on the host.

    @kernel.1 @claim:N9 @claim:R3
    Scenario: A root file system without a kernel shows the kernel of the host
      Given container b was started
      When "find / -xdev -name 'vmlinu*'" is run in container a
      Then it prints ""
      And "uname -r" prints the same in container a as on the host
      And "cat /proc/sys/kernel/random/boot_id" prints the same in container a as on the host
      And "cat /proc/sys/kernel/random/boot_id" prints the same in container b as in container a

    @kernel.2 @claim:N9
    Scenario Outline: The kernel parameter <parameter> is the same in a container
      When "cat /proc/sys/<parameter>" is run in container a
      Then it ends with status 0
      And "cat /proc/sys/<parameter>" prints the same in container a as on the host

      Examples:
        | parameter        |
        | vm/swappiness    |
        | fs/file-max      |
        | kernel/panic     |
