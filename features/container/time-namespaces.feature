@needs:containers @needs:partial-containers @requires:busybox @requires:time-namespaces
Feature: Time namespaces
  A time namespace shifts two clocks: the one that counts from boot, and the monotonic one. A container that moves to
  another host keeps its uptime by it. The clock on the wall is not among them: there is one for all.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: The clock of the wall is the host's

    Whoever sets it in a container sets it for the host and for every other container, which is why it takes a
    capability that a container does not have. So the suite does not set it, but looks where an offset has an effect.

    @time-namespace.1 @claim:N8
    Scenario: A container can have another uptime than the host, and has the same time of day
      Given container a was started with:
        | namespaces | mount, pid, time  |
        | uptime     | 100000000 s ahead |
      Then "cut -c1-3 /proc/uptime" prints "100" in container a
      And "echo $(($(date +%s) / 100))" prints the same in container a as on the host
      And "cut -d. -f1 /proc/uptime" prints something else in container a than on the host

    @time-namespace.2 @claim:N8
    Scenario: A time namespace has offsets for two clocks, and none for the time of day
      Given container a was started with:
        | namespaces | mount, pid, time |
        | uptime     | 1000000 s ahead  |
      When "awk '{print $1, $2}' /proc/self/timens_offsets" is run in container a
      Then it prints "monotonic 0\nboottime 1000000"
