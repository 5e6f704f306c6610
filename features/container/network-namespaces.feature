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
    Scenario: Two containers listen on the same port
      Given container a was started
      And container b was started
      And "nc -l -p 7654" was started in container a as process p
      And "nc -l -p 7654" was started in container b as process q
      Then "until netstat -ltn 2>/dev/null | grep -q :7654; do sleep 0.02; done; echo open" prints "open" in container a
      And "until netstat -ltn 2>/dev/null | grep -q :7654; do sleep 0.02; done; echo open" prints "open" in container b
      And process q still runs

    @network-namespace.3 @claim:N4
    Scenario: A port that a container listens on is not open on the host
      Given container a was started
      And "nc -l -p 7655" was started in container a as process p
      When "until grep -q :1DE7 /proc/net/tcp*; do sleep 0.02; done" is run in container a
      Then "cat /proc/net/tcp* | grep -c :1DE7" prints "1" in container a
      And "cat /proc/net/tcp* | grep -c :1DE7 || :" prints "0" on the host
