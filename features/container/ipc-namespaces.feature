@needs:containers @requires:busybox
Feature: IPC namespaces
  Message queues, semaphores and shared memory of System V have numbers, not paths, so no mount namespace separates
  them. The IPC namespace does: each has its own tables, and its own limits.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A container has shared memory and queues of its own

    /proc/sysvipc lists what there is in the namespace of whoever reads it; its first line is a heading.

    @ipc-namespace.1 @claim:N4
    Scenario: A message queue of the host does not exist in a container
      Given "ipcrm --all=msg && ipcmk --queue" was run on the host
      And container a was started
      Then "wc -l < /proc/sysvipc/msg" prints "2" on the host
      And "wc -l < /proc/sysvipc/msg" prints "1" in container a

    @ipc-namespace.2 @claim:N4
    Scenario: A limit of message queues that is set in a container is that container's
      Given container a was started
      And container b was started
      When "echo 4321 > /proc/sys/kernel/msgmax" is run in container a
      Then "cat /proc/sys/kernel/msgmax" prints "4321" in container a
      And "cat /proc/sys/kernel/msgmax" prints something else in container b than in container a
      And "cat /proc/sys/kernel/msgmax" prints something else on the host than in container a
