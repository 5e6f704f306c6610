@needs:containers @requires:busybox @requires:loop-devices @requires:control-group-io
Feature: Write rates
  How fast a group may read and write is limited for each block device by itself. A process that is too fast is not
  told: its system calls take longer.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |
      | big  |            | (2097152 bytes)   |
    And a disk of 4194304 bytes was made

  Rule: Two seconds' worth takes about two seconds

    What goes to the page cache is written later, by the kernel, and on whose account depends on the version and on
    the file system. With O_DIRECT it goes to the device at once, and is the writer's.

    @write-rate.1 @claim:C6
    Scenario: Two mebibytes take a second in a group that may write two in a second
      Given control group g was made with:
        | write rate | 2097152 bytes/s to the disk |
      And container a was started with:
        | control group | g                 |
        | directory     | /shared (private) |
      When "dd if=/big of=/shared/disk bs=64k oflag=direct 2>/dev/null" is run in container a
      Then it takes 800 ms at least

    @write-rate.2
    Scenario: What was written at a limited rate is all there
      Given control group g was made with:
        | write rate | 4194304 bytes/s to the disk |
      And container a was started with:
        | control group | g                 |
        | directory     | /shared (private) |
      When "dd if=/big of=/shared/disk bs=64k oflag=direct 2>/dev/null" is run in container a
      Then "head -c 2097152 /shared/disk | cmp - /big && echo same" prints "same" in container a
