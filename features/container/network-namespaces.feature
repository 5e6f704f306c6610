@needs:containers @requires:busybox
Feature: Network namespaces
  Devices, addresses, routes and ports belong to a network namespace. A new one has a loopback device that is its own,
  and no way out until somebody puts one end of a virtual cable into it.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A container has devices and ports of its own

    Modules for tunnels put a device into each network namespace there is; these say nothing about the host.

    @network-namespace.1 @claim:N5
    Scenario: A new network namespace has a loopback device and none of the host's
      Given container a was started
      When "ip -o link | awk -F'[ :@]+' '{print $2}' | grep -vE '^(tunl|gre|gretap|erspan|sit|ip_vti|ip6_vti|ip6tnl|ip6gre)0$'" is run in container a
      Then it prints "lo"

    @network-namespace.2 @claim:N4
    Scenario: Two containers listen on the same port, and each finds its own
      Given container a was started
      And container b was started
      And "ip link set lo up; echo from a | nc -l -p 7654" was started in container a as process p
      And "ip link set lo up; echo from b | nc -l -p 7654" was started in container b as process q
      Then "until nc 127.0.0.1 7654 2>&-; do sleep 0.02; done" prints "from a" in container a
      And "until nc 127.0.0.1 7654 2>&-; do sleep 0.02; done" prints "from b" in container b

    @network-namespace.3 @claim:N4
    Scenario: A port that a container listens on is not open on the host
      Given container a was started
      And "nc -l -p 7655" was started in container a as process p
      When "until grep -q :1DE7 /proc/net/tcp*; do sleep 0.02; done" is run in container a
      Then "cat /proc/net/tcp* | grep -c :1DE7" prints "1" in container a
      And "cat /proc/net/tcp* | grep -c :1DE7 || :" prints "0" on the host
