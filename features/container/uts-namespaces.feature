@needs:containers @requires:busybox
Feature: UTS namespaces
  UNIX time-sharing, the name of a structure that uname(2) fills in, gave its name to the namespace of the host name.
  It is the smallest there is: two strings.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A container has a host name of its own

    Changing it inside changes nothing outside, and the other way round.

    @uts-namespace.1 @claim:N4
    Scenario: A container has the host name it was started with, and the host keeps its own
      Given container a was started with:
        | hostname | box |
      Then "hostname" prints "box" in container a
      And "uname -n" prints "box" in container a
      And "uname -n" prints something else on the host than in container a

    @uts-namespace.2 @claim:N4
    Scenario: A host name that is changed in a container is changed in that container only
      Given container a was started with:
        | hostname | one |
      And container b was started with:
        | hostname | two |
      When "hostname other" is run in container a
      Then "hostname" prints "other" in container a
      And "hostname" prints "two" in container b
      And "uname -n" prints something else on the host than in container a
