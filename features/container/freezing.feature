@needs:containers @needs:copy-on-write @requires:busybox
Feature: Freezing
  All processes of a group can be stopped where they are, and go on later as if nothing had happened: they get no
  signal, and cannot tell. It is how a container is paused.

  Background:
    Given a union of these branches:
      | path | upper (rw) | lower (ro)        |
      | .    |            | (root of busybox) |

  Rule: A frozen process does nothing

    Both versions can freeze, version 1 by a controller, version 2 in every group; on a host that has both trees both
    can be used.

    @freezing.1 @requires:control-group-freezer-v1
    Scenario: A process in a group that version 1 froze does not see what it waits for
      Given control group g was made
      And container a was started with:
        | control group | g                 |
        | directory     | /shared (private) |
      And "echo waits; until [ -e /shared/go ]; do sleep 0.01; done" was started in container a as process p
      And process p printed "waits"
      And control group g was frozen by version 1
      When "touch $HOST/go" is run on the host
      Then process p still runs

    @freezing.2 @requires:control-group-freezer-v2
    Scenario: A process in a group that version 2 froze does not see what it waits for
      Given control group g was made
      And container a was started with:
        | control group | g                 |
        | directory     | /shared (private) |
      And "echo waits; until [ -e /shared/go ]; do sleep 0.01; done" was started in container a as process p
      And process p printed "waits"
      And control group g was frozen by version 2
      When "touch $HOST/go" is run on the host
      Then process p still runs

    @freezing.3 @requires:control-group-freezer-v1
    Scenario: A process in a group that version 1 thawed goes on where it was
      Given control group g was made
      And container a was started with:
        | control group | g                 |
        | directory     | /shared (private) |
      And "echo waits; until [ -e /shared/go ]; do sleep 0.01; done" was started in container a as process p
      And control group g was frozen by version 1
      And "touch $HOST/go" was run on the host
      When control group g is thawed by version 1
      Then process p ends with status 0

    @freezing.4 @requires:control-group-freezer-v2
    Scenario: A process in a group that version 2 thawed goes on where it was
      Given control group g was made
      And container a was started with:
        | control group | g                 |
        | directory     | /shared (private) |
      And "echo waits; until [ -e /shared/go ]; do sleep 0.01; done" was started in container a as process p
      And control group g was frozen by version 2
      And "touch $HOST/go" was run on the host
      When control group g is thawed by version 2
      Then process p ends with status 0

  Rule: A frozen process can be killed, in version 2

    In version 1 the signal waits until the group is thawed, so that whoever wants to end a container has to know that
    it is frozen.

    @freezing.5 @requires:control-group-freezer-v1
    Scenario: SIGKILL does not end a process that version 1 froze
      Given control group g was made
      And container a was started with:
        | control group | g |
      And control group g was frozen by version 1
      When container a is sent SIGKILL
      Then container a still runs

    @freezing.6 @requires:control-group-freezer-v2
    Scenario: SIGKILL ends a process that version 2 froze
      Given control group g was made
      And container a was started with:
        | control group | g |
      And control group g was frozen by version 2
      When container a is sent SIGKILL
      Then container a is killed by SIGKILL
