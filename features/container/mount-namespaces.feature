@needs:containers @requires:busybox
Feature: Mount namespaces
  What is mounted where is a table, and a mount namespace is a copy of that table. At first a process in a new one
  sees what it saw before; from then on the two tables part, except where mounts were told to spread.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  @needs:partial-containers
  Rule: A new mount namespace begins as a copy

    Nothing is hidden by it: it takes another root, or a mount over something, before files are out of sight.

    @mount-namespace.1 @claim:N6
    Scenario: A container with a mount namespace alone has the mounts and the files of the host
      Given "echo text > $HOST/file" was run on the host
      And container a was started with:
        | namespaces | mount       |
        | root       | host        |
        | /proc      | not mounted |
      Then container a has the mounts of the host
      And "cat $HOST/file" prints "text" in container a
      And "readlink /proc/self/ns/mnt" prints something else in container a than on the host

    @mount-namespace.2 @claim:N6 @claim:N7
    Scenario: What is mounted in a new mount namespace is not mounted on the host
      Given container a was started with:
        | namespaces | mount       |
        | root       | host        |
        | /proc      | not mounted |
      When "mount -t tmpfs none /mnt" is run in container a
      Then container a has the mounts of the host and "tmpfs on /mnt"

    @mount-namespace.3 @claim:N7
    Scenario: Files on a tmpfs that is mounted in a container are seen by the container alone
      Given "mkdir $HOST/tmp" was run on the host
      And container a was started with:
        | namespaces | mount       |
        | root       | host        |
        | /proc      | not mounted |
      When "mount -t tmpfs none $HOST/tmp && echo text > $HOST/tmp/file" is run in container a
      Then "ls $HOST/tmp" prints "file" in container a
      And "ls $HOST/tmp" prints "" on the host

  Rule: A mount spreads as far as it was told to

    A mount that is shared with the host passes on what is mounted below it, both ways; a slave only receives; a
    private one does neither. Most hosts make their mounts shared, and so a container has to say which it wants.

    @mount-namespace.4
    Scenario Outline: What the host mounts later is <seen> in a container by a <propagation> directory
      Given container a was started with:
        | directory | /shared (<propagation>) |
      When "mkdir $HOST/d && mount -t tmpfs none $HOST/d && echo text > $HOST/d/file" is run on the host
      Then "ls /shared" prints "d" in container a
      And "ls /shared/d" prints "<listing>" in container a

      Examples:
        | propagation | seen   | listing |
        | shared      | seen   | file    |
        | slave       | seen   | file    |
        | private     | hidden |         |

    @mount-namespace.5
    Scenario Outline: What a container mounts in a <propagation> directory is <seen> on the host
      Given container a was started with:
        | directory | /shared (<propagation>) |
      When "mkdir /shared/d && mount -t tmpfs none /shared/d && echo text > /shared/d/file" is run in container a
      Then "ls /shared/d" prints "file" in container a
      And "ls $HOST/d" prints "<listing>" on the host

      Examples:
        | propagation | seen   | listing |
        | shared      | seen   | file    |
        | slave       | hidden |         |
        | private     | hidden |         |
