@needs:containers @needs:partial-containers @requires:busybox @requires:root
Feature: User namespaces
  A user namespace maps the users inside to users outside. Whoever starts one is root in it: with all capabilities over
  what belongs to it, and with none over the rest. This is how somebody who is not root makes containers.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |
    And container a was started with:
      | namespaces | user, mount, pid, uts, ipc, network |
      | hostname   | box                                 |

  Rule: Root of a container can be an ordinary user of the host

    The host starts these containers as user 65534, who is nobody.

    @user-namespace.1 @claim:N4
    Scenario: A process is root in its container and an ordinary user on the host
      When "id -u" is run in container a
      Then it prints "0"
      And container a runs as user 65534 of the host

    @user-namespace.2 @claim:N4
    Scenario: Root of a container may do to the container's own namespaces what only root may
      When "mount -t tmpfs none /tmp && hostname other && hostname" is run in container a
      Then it prints "other"

    @user-namespace.3
    Scenario: Root of a container may not write where only root of the host may
      When "echo text > /file" is run in container a
      Then it ends with status 1
      And the state is now:
        | path | upper |

    @user-namespace.4 @needs:copy-on-write
    Scenario: What root of a container creates belongs to the ordinary user it is on the host
      Given "tmp" in the lower branch was given mode 0777
      When "echo text > /tmp/file" is run in container a
      Then "tmp/file" has owner 65534:65534
      And "stat -c %u:%g /tmp/file" prints "0:0" in container a
