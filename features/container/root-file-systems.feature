@needs:containers
Feature: Root file systems
  A root file system is a directory with whatever the programs of a container need: themselves, their libraries, a few
  directories to mount on. Changing the root makes it `/`, and everything else is out of reach.

  Rule: Programs and their libraries are enough

    ldd(1) names the libraries of a program, and the loader that maps them. Copied to the same paths, they are all
    that a shell needs.

    @root.1 @claim:R1 @requires:linked-programs
    Scenario: A shell runs in a root file system of itself and its libraries
      Given a union of these branches:
        | path   | upper (rw) | lower (ro)     |
        | .      |            | (root of bash) |
        | bin/sh |            | -> bash        |
      When container a runs "echo /bin/*"
      Then it prints "/bin/bash /bin/sh"

    @root.2 @claim:R1 @claim:R2 @requires:linked-programs
    Scenario: A program of the host runs in a root file system and lists no more than is there
      Given a union of these branches:
        | path | upper (rw) | lower (ro)         |
        | .    |            | (root of bash, ls) |
      When container a runs program "/bin/ls /bin"
      Then it prints "bash\nls"

    @root.3 @requires:linked-programs
    Scenario: A program whose loader is not in the root file system is not found, though it is there
      Given a union of these branches:
        | path   | upper (rw) | lower (ro)   |
        | bin/ls |            | (program ls) |
        | proc   |            | (directory)  |
      When container a runs program "/bin/ls /"
      Then it ends with status 127

    @root.4 @requires:busybox
    Scenario: A program that needs no library runs alone
      Given a union of these branches:
        | path        | upper (rw) | lower (ro)        |
        | bin/busybox |            | (program busybox) |
        | proc        |            | (directory)       |
      When container a runs program "/bin/busybox ls /"
      Then it prints "bin\nproc"

    @root.5 @requires:busybox
    Scenario Outline: A command that is <what> ends with status <status>
      The status is a convention of shells and of all that start programs: 127 says not found, 126 not executable.

      Given a union of these branches:
        | path     | upper (rw) | lower (ro)        |
        | .        |            | (root of busybox) |
        | etc/text |            | text              |
      When container a runs program "<command>"
      Then it ends with status <status>

      Examples:
        | command      | what           | status |
        | /bin/nothing | not there      | 127    |
        | /etc/text    | not executable | 126    |
        | /bin         | a directory    | 126    |

    @root.6 @claim:R4 @needs:copy-on-write @requires:busybox
    Scenario: A root file system does in another place what it did in the first
      Given a union of these branches:
        | path | upper (rw) | lower (ro)        |
        | .    |            | (root of busybox) |
      And container a was started
      And "mkdir /tmp/copy && cp -a /bin /etc /tmp/copy" was run in container a
      When "chroot /tmp/copy /bin/sh -c 'cd /etc && pwd && ls /bin'" is run in container a
      Then it prints "/etc\nbusybox\ncat\nchroot\nhostname\nkill\nls\nmount\nps\nsh\nsleep"

  @requires:busybox
  Rule: The root is the top of all paths

    An absolute path begins at the root, and `..` of the root is the root.

    Background:
      Given a union of these branches:
        | path | upper (rw) | lower (ro)        |
        | .    |            | (root of busybox) |
      And "echo secret > $HOST/file" was run on the host

    @root.7 @claim:R2
    Scenario: The root of a container lists what the union holds, and nothing of the host
      When container a runs "ls /"
      Then it prints "bin\ndev\netc\nproc\nshared\ntmp"
      And "cat $HOST/file" prints "secret" on the host

    @root.8 @claim:R2
    Scenario Outline: <path> leads to no file of the host
      Given container a was started with:
        | root | pivot_root |
      When "cat <path>" is run in container a
      Then it ends with status 1
      And "cat $HOST/file" prints "secret" on the host

      Examples:
        | path                     |
        | $HOST/file               |
        | ../../../../..$HOST/file |
        | /..$HOST/file            |

    @root.9 @claim:R2 @needs:partial-containers
    Scenario: A root that was changed by chroot has no file of the host either
      When container a runs "cat $HOST/file ../../../../../..$HOST/file" with:
        | root | chroot |
      Then it ends with status 1

    @root.10 @needs:partial-containers
    Scenario: A container that keeps the root of the host has the files of the host
      When container a runs "cat $HOST/file" with:
        | namespaces | mount, pid |
        | root       | host       |
      Then it prints "secret"

  @requires:busybox
  Rule: Root climbs out of a chroot, but not out of a pivoted root

    chroot(2) changes where a process' paths begin, and nothing else: the host's tree is still mounted. A process that
    is root calls it once more, on a directory below, while it holds a directory above open. From there `..` is no
    longer stopped by any root. pivot_root(2) makes the new root the top of the mount namespace, and with the old one
    detached there is nothing above it. This is why container engines prefer it.

    Background:
      Given a union of these branches:
        | path | upper (rw) | lower (ro)        |
        | .    |            | (root of busybox) |
      And "echo secret > $HOST/file" was run on the host

    @root.11 @claim:R5 @needs:partial-containers
    Scenario: Root leaves a chroot for the root of the host
      Given container a was started with:
        | root | chroot |
      When "exec 9</; chroot /proc /self/fd/9/bin/busybox sh -c 'cd /self/fd/9 && cd -P ../../../../../../../.. && /self/fd/9/bin/busybox chroot . /bin/cat $HOST/file'" is run in container a
      Then it prints "secret"

    @root.12 @claim:R5
    Scenario: Root that climbs out of a pivoted root arrives where it was
      Given container a was started
      When "exec 9</; chroot /proc /self/fd/9/bin/busybox sh -c 'cd /self/fd/9 && cd -P ../../../../../../../.. && /self/fd/9/bin/busybox chroot . /bin/ls -d /shared $HOST/file 2>&-'" is run in container a
      Then it ends with status 1
      And it prints "/shared"

  @needs:copy-on-write @needs:whiteouts @requires:busybox
  Rule: What a container writes is written to the union

    Below the writable branch the root file system stays as it was, for the next container to start from.

    @root.13 @claim:U22 @claim:U21
    Scenario: Changes that a container makes are in the writable branch alone
      Given a union of these branches:
        | path      | upper (rw) | lower (ro)        |
        | .         |            | (root of busybox) |
        | etc/issue |            | old               |
        | etc/motd  |            | hello             |
      When container a runs "echo new > /etc/new; echo -n more >> /etc/issue; rm /etc/motd"
      Then it ends with status 0
      And the state is now:
        | path      | upper      |
        | etc/issue | oldmore    |
        | etc/motd  | (whiteout) |
        | etc/new   | new\n      |

    @root.14 @claim:U22
    Scenario: A container sees what the one before it left in the writable branch
      Given a union of these branches:
        | path | upper (rw) | lower (ro)        |
        | .    |            | (root of busybox) |
      And container a was started
      And "echo left > /etc/file" was run in container a
      When container b runs "cat /etc/file"
      Then it prints "left"

    @root.15
    Scenario: A program that deletes what it lists deletes all of it
      The kernel hands a directory out in pieces, here of some 150 names, and rm deletes those before it asks for more.
      Whoever counts the names that are left would go on too far down.

      Given a union of these branches:
        | path | upper (rw) | lower (ro)        |
        | .    |            | (root of busybox) |
      And container a was started
      And "mkdir /tmp/many; long=$(printf %0200d 0); for i in $(seq 400); do : > /tmp/many/$long$i; done" was run in container a
      When "rm -r /tmp/many" is run in container a
      Then it ends with status 0
      And "ls /tmp" prints "" in container a
